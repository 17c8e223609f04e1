import { decodePublicationData } from '@continuum/messages'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { allRuns, propertiesOf, textOf } from './article.ts'
import { byBeginning } from './runs.ts'
import { isUnfinished, standingOf } from './standing.ts'
import type { Article, PublicationRequest, Run, Standing, Version } from './words.ts'

/** What is asked to be published. Absent parts mean the highest version, and the latest run of the version. */
export interface Wanted {
  version?: number
  run?: string
  /** Also where it is published already, has failed or is under way. */
  force?: boolean
}

export type Verdict =
  | { allowed: true; version: number; run: string; publicationData: string }
  | { allowed: false; reason: string; version: number | null; run: string | null; forcible: boolean }

const whyNot: Record<Exclude<Standing, 'ready'>, string> = {
  waiting: 'This delivery waits for an earlier one of the same article.',
  'in progress': 'This run is still in progress: it can be published when it is ready.',
  failed: 'This run has ended with an error.',
  requested: 'Publication is already asked for; the bot has not taken it up yet.',
  publishing: 'It is being published right now.',
  published: 'It is published already.',
  hidden: 'It is hidden.',
}

/**
 * Whether a run may be published, and if not, why: in a sentence for a production editor.
 *
 * The bot prepares a publication as one opaque value per version, which names its run inside. Where that is another run
 * than the one to be published, the two must not be mixed, by force neither.
 */
export function judgePublication(
  article: Article | undefined,
  requests: readonly PublicationRequest[],
  wanted: Wanted,
): Verdict {
  const version = article && versionOf(article, wanted)
  const refuse = (reason: string, run?: Run, forcible = false): Verdict => ({
    allowed: false,
    reason,
    forcible,
    version: version?.number ?? wanted.version ?? null,
    run: run?.id ?? wanted.run ?? null,
  })
  if (!article) return refuse('No such article has arrived.')
  if (!version) return refuse(`Version ${wanted.version ?? 1} of this article has not arrived.`)
  const run = wanted.run === undefined ? version.runs.at(-1) : version.runs.find(({ id }) => id === wanted.run)
  if (!run) {
    return refuse(
      wanted.run === undefined ? 'This version has no run yet.' : `Version ${version.number} has no such run.`,
    )
  }
  const newer = newerUnfinished(article, version, run, requests)
  if (newer) return refuse(`A newer run is unfinished: ${newer}. Wait until it has ended.`, run)
  const data = textOf(propertiesOf(article, version), '_publication-data')
  const standing = standingOf(run, version, requests)
  if (data === undefined)
    return refuse(standing === 'ready' ? 'The bot has not said how to publish it.' : whyNot[standing], run)
  const prepared = preparedRun(data)
  if (prepared === undefined)
    return refuse('What the bot prepared for the publication is unreadable: deliver it again.', run)
  if (prepared !== run.id) {
    const other = version.runs.find(({ id }) => id === prepared)
    return refuse(
      `What the bot prepared belongs to ${other ? `run ${other.number}` : 'another run'} of this version.`,
      run,
    )
  }
  if (standing !== 'ready' && !wanted.force) return refuse(whyNot[standing], run, true)
  return { allowed: true, version: version.number, run: run.id, publicationData: data }
}

function versionOf(article: Article, wanted: Wanted): Version | undefined {
  if (wanted.version !== undefined)
    return article.versions.find(({ number }) => number > 0 && number === wanted.version)
  return article.versions.findLast(({ number }) => number > 0)
}

function newerUnfinished(
  article: Article,
  version: Version,
  run: Run,
  requests: readonly PublicationRequest[],
): string | undefined {
  const newer = allRuns(article).find((other) => {
    if (byBeginning(other, run) <= 0 || (other.version !== version.number && other.version !== 0)) return false
    const of = article.versions.find(({ number }) => number === other.version)
    return of !== undefined && isUnfinished(standingOf(other, of, requests))
  })
  if (!newer) return undefined
  return newer.version === 0 ? 'a delivery has just arrived' : `run ${newer.number} of version ${newer.version}`
}

const Continuation = Type.Object({ run: Type.String() })

/** The run that a `_publication-data` belongs to, or undefined where it cannot be read. */
function preparedRun(publicationData: string): string | undefined {
  try {
    const { workflow_data: data } = decodePublicationData(publicationData)
    return Value.Check(Continuation, data) ? data.run : undefined
  } catch {
    return undefined
  }
}
