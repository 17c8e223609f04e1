import { allRuns, isPublished } from '../history/article.ts'
import { byBeginning } from '../history/runs.ts'
import { isUnfinished, runStateOf } from './run-state.ts'
import type { Article, ArticleRequest, KnownRun, RunState, Version } from '../history/model.ts'

/** What is asked to be published. Absent parts mean the highest version, and the latest run of the version. */
export interface PublicationTarget {
  version?: number
  run?: string
  /** Also where it is published already, has failed or is under way. */
  force?: boolean
}

export type Verdict =
  | { allowed: true; version: number; run: string; publicationData: string }
  | { allowed: false; reason: string; version: number | null; run: string | null; forcible: boolean }

const whyNot: Record<Exclude<RunState, 'ready'>, string> = {
  waiting: 'This delivery waits for an earlier one of the same article.',
  'in progress': 'This run is still in progress: it can be published when it is ready.',
  failed: 'This run has ended with an error.',
  requested: 'Publication is already asked for; the bot has not taken it up yet.',
  publishing: 'It is being published right now.',
  published: 'It is published already.',
  hidden: 'It is hidden.',
  'set aside': 'It was set aside: take it back first.',
}

/**
 * Whether a run may be published, and if not, why: in a sentence for a production editor.
 *
 * The bot prepares a publication as one opaque value, which names its run inside: a run is published with its own alone,
 * by force neither with another's. An earlier run can be published after a newer one has failed, for as long as the newer
 * one had not given its own content to lax and the site: those keep one unpublished content of a version.
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
  if (!article) return refuse('No such article has arrived.')
  if (!version) return refuse(`Version ${target.version ?? 1} of this article has not arrived.`)
  const run = target.run === undefined ? version.runs.at(-1) : version.runs.find(({ id }) => id === target.run)
  if (!run) {
    return refuse(
      target.run === undefined ? 'This version has no run yet.' : `Version ${version.number} has no such run.`,
    )
  }
  const newer = newerUnfinished(article, version, run, requests)
  if (newer) return refuse(`A newer run is unfinished: ${newer}. Wait until it has ended.`, run)
  const successor = replacedBy(run, version)
  if (successor) return refuse(whyReplaced(successor), run)
  const state = runStateOf(run, requests)
  const last = version.prepared.at(-1)
  const own = version.prepared.findLast((prepared) => prepared.run === run.id)
  if (last === undefined)
    return refuse(state === 'ready' ? 'The bot has not said how to publish it.' : whyNot[state], run)
  if (last.run === undefined)
    return refuse('What the bot prepared for the publication is unreadable: deliver it again.', run)
  if (own === undefined) {
    const other = version.runs.find(({ id }) => id === last.run)
    return refuse(
      `What the bot prepared belongs to ${other ? `run ${other.number}` : 'another run'} of this version.`,
      run,
    )
  }
  if (state !== 'ready' && !target.force) return refuse(whyNot[state], run, true)
  return { allowed: true, version: version.number, run: run.id, publicationData: own.publicationData }
}

/** The newer run of the version whose content has taken this one's place in lax and on the site, whatever became of it. */
export function replacedBy(run: KnownRun, version: Version): KnownRun | undefined {
  return version.runs.findLast((other) => byBeginning(other, run) > 0 && hasGivenContent(other))
}

function hasGivenContent(run: KnownRun): boolean {
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
    ? `${newer} and replaced this content in lax and on the site before it failed: have this package run again, then publish that.`
    : `${newer} and has taken its place: preview and publish that one, or have this package run again.`
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
  return newer.version === 0 ? 'a delivery has just arrived' : `run ${newer.number} of version ${newer.version}`
}
