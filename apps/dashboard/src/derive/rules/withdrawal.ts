import { publishedOf, textOf } from '../history/article.ts'
import type { Article, ArticleRequest } from '../history/model.ts'
import { isHeld, sentFrom } from './run-state.ts'

/** A request to take an article from readers, or to give it back. */
export type WithdrawalKind = 'withdraw' | 'reinstate'

/** The decision whether an article may be withdrawn or reinstated; the steps are shown at the run that made it public. */
export type WithdrawalVerdict =
  | { readonly allowed: true; readonly version: number; readonly run: string }
  | { readonly allowed: false; readonly reason: string }

/** Returns the reason for which an article is withdrawn; undefined where it is not. */
export function withdrawalOf(article: Article): string | undefined {
  return textOf(article.versions.find(({ number }) => number === 0)?.properties ?? new Map(), 'withdrawn')
}

/** Decides whether an article may be withdrawn or reinstated. A refusal has a reason to read. */
export function judgeWithdrawal(
  article: Article | undefined,
  requests: readonly ArticleRequest[],
  kind: WithdrawalKind,
): WithdrawalVerdict {
  const published = article && publishedOf(article)
  if (!article || !published) return { allowed: false, reason: 'Nothing of this article is public.' }
  const withdrawn = withdrawalOf(article) !== undefined
  if (kind === 'withdraw' && withdrawn) return { allowed: false, reason: 'This article is already withdrawn.' }
  if (kind === 'reinstate' && !withdrawn) return { allowed: false, reason: 'This article is not withdrawn.' }
  if (pendingWithdrawal(article, requests)) return { allowed: false, reason: 'This has already been requested.' }
  return { allowed: true, version: published.version.number, run: published.run.id }
}

/** Returns the last request to withdraw or reinstate the article, while it is neither done nor failed. */
export function pendingWithdrawal(article: Article, requests: readonly ArticleRequest[]): ArticleRequest | undefined {
  const last = requests.findLast(({ kind, result }) => isWithdrawal(kind) && result === 'queued')
  return last && withdrawalOutcome(article, last) !== 'done' && withdrawalOutcome(article, last) !== 'failed'
    ? last
    : undefined
}

/** Returns what became of a request to withdraw or reinstate an article. */
export function withdrawalOutcome(
  article: Article,
  request: ArticleRequest,
): 'requested' | 'in progress' | 'done' | 'failed' {
  if (isHeld(request)) return 'requested'
  const changed = article.versions.find(({ number }) => number === 0)?.properties.get('withdrawn')
  const wanted = request.kind === 'withdraw'
  if (changed && changed.sent >= sentFrom(request) && (changed.value !== '') === wanted) return 'done'
  const step = wanted ? 'Withdraw Article' : 'Reinstate Article'
  const run = article.versions.flatMap(({ runs }) => runs).find(({ id }) => id === request.run)
  const events =
    run?.events.filter(({ sent, message }) => sent >= sentFrom(request) && message.event_type === step) ?? []
  if (events.length === 0) return 'requested'
  return events.some(({ message }) => message.status === 'error') ? 'failed' : 'in progress'
}

/** Checks that a request withdraws or reinstates. */
export function isWithdrawal(kind: ArticleRequest['kind']): kind is WithdrawalKind {
  return kind === 'withdraw' || kind === 'reinstate'
}
