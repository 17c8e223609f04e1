import { propertiesOf, publishedOf, textOf, type VersionRun } from '../history/article.ts'
import { currentRuns } from './current.ts'
import { deliveryOf } from '../history/delivery.ts'
import { judgePublication } from '../rules/publishable.ts'
import { judgeRerun, pendingRerun } from '../rules/rerunnable.ts'
import { pendingPublication, runStateOf } from '../rules/run-state.ts'
import { isOver } from '../history/steps.ts'
import type { Article, ArticleRequest, KnownRun, Schedule, RunState, Step, Version } from '../history/model.ts'

/** Where the lists show a run, by the names of the JSON API; `uir`: user input required. */
export type Section = 'error' | 'scheduled' | 'uir' | 'in-progress' | 'waiting'

/** What the pages list of a current run, whatever its section. Instants are ISO 8601 in UTC. */
export interface Summary {
  id: string
  /** 0 while the version of a new delivery is not known. */
  version: number
  run?: { id: string; number: number; began: string } | undefined
  /** The package that it came from. */
  file?: string | undefined
  /** Absent where nothing is left to be done. */
  section?: Section | undefined
  state?: RunState | undefined
  /** Since when it stands there: what its section sorts by. */
  since: string
  title?: string | undefined
  doi?: string | undefined
  status?: string | undefined
  articleType?: string | undefined
  correspondingAuthors?: string | undefined
  mode?: string | undefined
  findings: number
  /** The steps under way, or the last one where none is. */
  steps: Step[]
  failure?: KnownRun['failure'] | undefined
  requestedBy?: string | undefined
  /** A newer run of the same version, which has failed, and where. */
  newer?: { number: number; step: string } | undefined
  previewable: boolean
  publishable: boolean
  /** Its publication has failed and may be asked for again. */
  republishable: boolean
  /** Its package may be delivered once more. */
  rerunnable: boolean
  /** Who has asked for that, while no run of it has begun. */
  rerunBy?: string | undefined
  /** When its publication is due, in unix seconds, and why it has not been asked for although it was. */
  due?: number | undefined
  overdue?: string | undefined
  published?: { version: number; at: string } | undefined
}

/** What the pages list of a run that is current (see `currentRuns`), from all that is known of its article. */
export function summarise(
  article: Article,
  place: VersionRun,
  requests: readonly ArticleRequest[],
  schedule?: Schedule,
): Summary {
  const { version, run } = place
  const named = version.number > 0 ? version : (article.versions.at(-1) ?? version)
  const properties = propertiesOf(article, named, run)
  const text = (name: string) => textOf(properties, name)
  const state = run && runStateOf(run, requests)
  const verdict = run && judgePublication(article, requests, { version: version.number, run: run.id })
  const pending = schedule && isOf(schedule, place, article, requests) ? schedule : undefined
  const request = run && pendingPublication(run, requests)
  const open = run?.steps.filter((step) => !isOver(step)) ?? []
  const published = publishedOf(article)
  return {
    id: article.id,
    version: version.number,
    run: run && { id: run.id, number: run.number, began: run.began },
    file: run && deliveryOf(run)?.file_name,
    section: state ? sectionOf(state, pending !== undefined) : sectionWithoutRun(article, pending !== undefined),
    state,
    since: request ? isoOf(request.at) : sinceOf(article, state, run),
    title: text('title'),
    doi: text('doi'),
    status: text('status'),
    articleType: text('article-type'),
    correspondingAuthors: text('corresponding-authors'),
    mode: text('publication-mode'),
    findings: findingsOf(text('findings')).length,
    steps: open.length > 0 ? open : (run?.steps.slice(-1) ?? []),
    failure: state === 'failed' ? run?.failure : undefined,
    requestedBy: request?.by,
    newer: run && newerFailure(run, version),
    previewable: version.number > 0 && text('path') !== undefined,
    publishable: verdict?.allowed === true,
    republishable: state === 'failed' && verdict?.allowed === false && verdict.forcible,
    rerunnable: state === 'failed' && run !== undefined && judgeRerun(article, requests, run.id).allowed,
    rerunBy: run && pendingRerun(article, requests, run)?.by,
    due: pending?.due,
    overdue: pending?.problem || undefined,
    published: published && { version: published.version.number, at: isoOf(published.at) },
  }
}

/** A schedule is of the run that it is bound to; where there is none, or it is history, of the article's highest version. */
function isOf(
  schedule: Schedule,
  { version, run }: VersionRun,
  article: Article,
  requests: readonly ArticleRequest[],
): boolean {
  if (schedule.fired) return false
  const bound = currentRuns(article, requests).find((current) => current.run && current.run.id === schedule.run)
  return bound ? bound.run === run : version === article.versions.at(-1)
}

function newerFailure(run: KnownRun, version: Version): Summary['newer'] {
  const newer = version.runs.findLast(({ waiting }) => !waiting)
  return newer && newer !== run && newer.failure ? { number: newer.number, step: newer.failure.step } : undefined
}

/** The findings of the check: one a line. */
export function findingsOf(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '')
}

/** First match wins. What is asked for or being published needs nobody's input: it is in progress. */
function sectionOf(state: RunState, scheduled: boolean): Section | undefined {
  if (state === 'hidden' || state === 'set aside' || state === 'published') return undefined
  if (state === 'waiting') return 'waiting'
  if (state === 'failed') return 'error'
  if (scheduled) return 'scheduled'
  return state === 'ready' ? 'uir' : 'in-progress'
}

/** Of a version that has properties and no run: the highest version that has one says whether the article is listed. */
function sectionWithoutRun(article: Article, scheduled: boolean): Section | undefined {
  const status = article.versions.findLast(({ runs }) => runs.length > 0)?.properties.get('publication-status')?.value
  if (status === 'published' || status === 'hidden') return undefined
  return scheduled ? 'scheduled' : 'in-progress'
}

function sinceOf(article: Article, state: RunState | undefined, run: KnownRun | undefined): string {
  if (!run) return article.versions.findLast(({ runs }) => runs.length > 0)?.runs.at(-1)?.latest ?? ''
  if (state === 'failed') return run.failure?.at ?? run.latest
  return state === 'ready' || state === 'published' || state === 'hidden' || state === 'set aside'
    ? run.latest
    : run.began
}

function isoOf(unixMilliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(unixMilliseconds).toString()
}
