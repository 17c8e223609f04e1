import { createHash } from 'node:crypto'
import { parseArticleId, readArticleId, type Journal } from '@continuum/article'
import type { LaxReply, LaxRequest } from '@continuum/messages'
import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import { formatInstant } from '../rules/instants.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { readSubmission } from '../rules/submission.ts'
import { ingest, ingestAndPublish, publish } from '../store/article-store.ts'
import { publicationDate } from '../store/kept-replies.ts'
import { articleOf, RenderError } from './article-source.ts'
import { DownloadError, LocationRefusedError, type ReadLocation } from './locations.ts'

/** The dependencies of a request. */
export interface AdaptorContext {
  readonly sql: Sql
  readonly journals: readonly Journal[]
  readonly cdnUrl: string
  readonly readLocation: ReadLocation
  readonly now: () => Temporal.Instant
}

/** Keeps the reply in the transaction of the change that it tells of. */
export type Record = (tx: TransactionSql, reply: LaxReply) => Promise<void>

/** A reply, and the code of the rule that a refused request breaks. */
export interface Performed {
  readonly reply: LaxReply
  readonly code?: string
}

/**
 * Does what a request asks for.
 *
 * @returns the reply: also where the request is refused, its location may not be read, or its XML cannot be converted
 * @throws DownloadError with `retry` where a later attempt may succeed; errors of the database
 */
export async function perform(request: LaxRequest, context: AdaptorContext, record: Record): Promise<Performed> {
  try {
    return { reply: await change(request, context, record) }
  } catch (error) {
    const failed = (status: 'invalid' | 'error', message: string) => replyTo(request, status, context.now(), message)
    if (error instanceof RuleViolationError) {
      const published = await publishedAlready(request, error, context)
      if (published) return { reply: replyTo(request, 'published', published) }
      return { reply: failed('invalid', error.message), code: error.code }
    }
    if (error instanceof LocationRefusedError)
      return { reply: failed('error', `refusing to download article xml: ${error.message}`) }
    if (error instanceof DownloadError && !error.retry)
      return { reply: failed('error', downloadFailed(request, error)) }
    if (error instanceof RenderError)
      return { reply: failed('error', `failed to render article-json from article-xml: ${error.message}`) }
    throw error
  }
}

/** The message of a location that could not be read. */
export function downloadFailed({ location }: LaxRequest, error: DownloadError): string {
  return `failed to download article xml from '${location}': ${error.message}`
}

/** Makes the reply to a request. A message is of a failure. */
export function replyTo(
  request: LaxRequest,
  status: LaxReply['status'],
  at: Temporal.Instant,
  message?: string,
): LaxReply {
  const { action, id, token, force = false, 'validate-only': validateOnly = false } = request
  return {
    status,
    id,
    token,
    datetime: formatInstant(at),
    'requested-action': action,
    force,
    'validate-only': validateOnly,
    ...(message !== undefined && { message }),
  }
}

async function change(request: LaxRequest, context: AdaptorContext, record: Record): Promise<LaxReply> {
  const { sql, journals, readLocation, cdnUrl, now } = context
  const { action, location, version, force = false, 'validate-only': dryRun = false } = request
  const article = articleIn(request, journals)
  const reply = (at: Temporal.Instant) =>
    dryRun ? replyTo(request, 'validated', now()) : replyTo(request, action === 'ingest' ? 'ingested' : 'published', at)
  const options = {
    force,
    hold: false,
    dryRun,
    record: (tx: TransactionSql, at: Temporal.Instant) => record(tx, reply(at)),
  }
  if (action === 'publish') {
    const journal = parseArticleId(article, journals)?.journal
    return reply(await publish(sql, { article, version, force, journal }, options, now()))
  }

  const source = await readLocation(location)
  const json = await articleOf(source, { journals, articleId: article, version, cdnUrl, location })
  const submitted = { article: json, run: runOf(request), location }
  const submission = readSubmission(submitted, { article, version }, journals)
  const store = action === 'ingest' ? ingest : ingestAndPublish
  return reply(await store(sql, submission, options, now()))
}

function articleIn({ id }: LaxRequest, journals: readonly Journal[]): string {
  const article = readArticleId(id, journals)
  if (article !== undefined) return article
  throw new RuleViolationError('bad-request', `'${id}' is no id of an article of this store`)
}

/** The run of what a request ingests: who sends the same token again, means the same run. */
function runOf({ token }: LaxRequest): string {
  return `queue-${createHash('sha256').update(token).digest('hex').slice(0, 32)}`
}

/** The date of a version that is public already, where that is all that was asked for: a publication may be repeated. */
async function publishedAlready(
  { action, id, version }: LaxRequest,
  { code }: RuleViolationError,
  { sql, journals }: AdaptorContext,
): Promise<Temporal.Instant | undefined> {
  if (action !== 'publish' || code !== 'already-published') return undefined
  return publicationDate(sql, readArticleId(id, journals) ?? id, version)
}
