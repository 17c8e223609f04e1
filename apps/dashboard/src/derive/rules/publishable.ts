import { allRuns, isPublished } from '../history/article.ts'
import { byBeginning } from '../history/runs.ts'
import { isUnfinished, runStateOf } from './run-state.ts'
import type { Article, ArticleRequest, KnownRun, RunState, Version } from '../history/model.ts'

/** The run to publish. Without a version it is the highest one; without a run it is the version's latest one. */
export interface PublicationTarget {
  version?: number
  run?: string
  /** Publish even if it is already published, has failed or is being published. */
  force?: boolean
}

/** The decision whether a run may be published. `forcible`: `force` would allow it. */
export type Verdict =
  | { allowed: true; version: number; run: string; publicationData: string }
  | { allowed: false; reason: string; version: number | null; run: string | null; forcible: boolean }

const whyNot: Record<Exclude<RunState, 'ready'>, string> = {
  waiting: 'This delivery is waiting for an earlier one of the same article.',
  'in progress': 'This run is still in progress. You can publish it when it is ready.',
  failed: 'This run ended with an error.',
  requested: 'Publication has already been requested; it has not started yet.',
  publishing: 'This run is being published.',
  published: 'This run is already published.',
  hidden: 'This run is hidden.',
  dismissed: 'This run was dismissed. Restore it first.',
  repeated: 'This delivery has the files of the run before it: it made no version.',
}

/**
 * Decides whether a run may be published. A refusal has a reason for a production editor to read.
 *
 * The bot prepares a publication as one opaque value, which names its run. A run is published only with its own value,
 * even by force. An earlier run can be published after a newer one has failed, unless the newer one had already sent its
 * content to lax or the site: they hold one unpublished content per version.
 */
export function judgePublication(
  article: Article | undefined,
  requests: readonly ArticleRequest[],
  target: PublicationTarget,
): Verdict {
  const version = article && versionOf(article, target)
  const refuse = (reason: string, run?: KnownRun, forcible = false): Verdict => ({
    allowed: false,
    reason,
    forcible,
    version: version?.number ?? target.version ?? null,
    run: run?.id ?? target.run ?? null,
  })
  if (!article) return refuse('This article has not arrived.')
  if (!version) return refuse(`Version ${target.version ?? 1} of this article has not arrived.`)
  const run = target.run === undefined ? version.runs.at(-1) : version.runs.find(({ id }) => id === target.run)
  if (!run) {
    return refuse(
      target.run === undefined ? 'This version has no runs yet.' : `Version ${version.number} has no such run.`,
    )
  }
  const newer = newerUnfinished(article, version, run, requests)
  if (newer) return refuse(`A newer run has not finished: ${newer}. Wait until it ends.`, run)
  const successor = replacedBy(run, version)
  if (successor) return refuse(whyReplaced(successor), run)
  const state = runStateOf(run, requests)
  const last = version.prepared.at(-1)
  const own = version.prepared.findLast((prepared) => prepared.run === run.id)
  if (last === undefined)
    return refuse(state === 'ready' ? 'The bot has not prepared the publication.' : whyNot[state], run)
  if (last.run === undefined)
    return refuse('The publication that the bot prepared is unreadable. Deliver the package again.', run)
  if (own === undefined) {
    const other = version.runs.find(({ id }) => id === last.run)
    return refuse(
      `The publication that the bot prepared belongs to ${other ? `run ${other.number}` : 'another run'} of this version.`,
      run,
    )
  }
  if (state !== 'ready' && !target.force) return refuse(whyNot[state], run, true)
  return { allowed: true, version: version.number, run: run.id, publicationData: own.publicationData }
}

/** Returns the newer run of the version, if any, whose content has replaced this one's in lax or on the site. */
export function replacedBy(run: KnownRun, version: Version): KnownRun | undefined {
  return version.runs.findLast((other) => byBeginning(other, run) > 0 && hasSentContent(other))
}

/** Checks that a run's content is, or was, what lax and the site have of its version. */
export function hasSentContent(run: KnownRun): boolean {
  const { status } = run
  return (
    status?.value === 'ready to publish' ||
    status?.value === 'published' ||
    run.steps.some(({ type, state }) => type === 'Post EIF' || (type === 'Ingest To Lax' && state === 'done'))
  )
}

function whyReplaced(successor: KnownRun): string {
  const newer = `Run ${successor.number} of this version is newer`
  if (isPublished(successor)) return `${newer} and is published.`
  return successor.failure
    ? `${newer} and replaced this content in lax and on the site before it failed. Run this package again and publish the new run.`
    : `${newer} and has replaced it. Publish that run, or run this package again.`
}

function versionOf(article: Article, target: PublicationTarget): Version | undefined {
  if (target.version !== undefined)
    return article.versions.find(({ number }) => number > 0 && number === target.version)
  return article.versions.findLast(({ number }) => number > 0)
}

function newerUnfinished(
  article: Article,
  version: Version,
  run: KnownRun,
  requests: readonly ArticleRequest[],
): string | undefined {
  const newer = allRuns(article).find((other) => {
    if (byBeginning(other, run) <= 0 || (other.version !== version.number && other.version !== 0)) return false
    return isUnfinished(runStateOf(other, requests))
  })
  if (!newer) return undefined
  return newer.version === 0 ? 'a delivery that has just arrived' : `run ${newer.number} of version ${newer.version}`
}
