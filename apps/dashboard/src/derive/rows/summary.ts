import { allRuns, propertiesOf, publishedOf, textOf, type VersionRun } from '../history/article.ts'
import { publishedVia, type PublishedVia } from './archive.ts'
import { currentRuns } from './current.ts'
import { deliveryOf } from '../history/delivery.ts'
import { isoOf } from '../history/instant.ts'
import { judgePublication } from '../rules/publishable.ts'
import { kindOf } from './kind.ts'
import { judgeRerun, pendingRerun, rerunOf } from '../rules/rerunnable.ts'
import { dismissalOf, pendingPublication, runStateOf } from '../rules/run-state.ts'
import { withdrawalOf } from '../rules/withdrawal.ts'
import { isOver } from '../history/steps.ts'
import type { Article, ArticleRequest, KnownRun, Schedule, RunState, Step, Version } from '../history/model.ts'

/**
 * The section of the lists that shows a run, named as in the JSON API; `uir`: user input required; `finishing`: it is
 * published, and what comes after that is not done.
 */
export type Section = 'error' | 'scheduled' | 'uir' | 'in-progress' | 'waiting' | 'finishing'

/** The row of a current run on the pages, in any section. Instants are ISO 8601 in UTC. */
export interface Summary {
  id: string
  /** 0 while the version is not known. */
  version: number
  run?: { id: string; number: number; began: string } | undefined
  /** The name of its package. */
  file?: string | undefined
  /** Absent if nothing is left to do. */
  section?: Section | undefined
  state?: RunState | undefined
  /** The time since which it is in its section, which is sorted by it. */
  since: string
  title?: string | undefined
  /** The title of the article's newest version, where it is not this run's own. */
  ofArticle?: string | undefined
  doi?: string | undefined
  status?: string | undefined
  /** In the journal's words. */
  kind?: string | undefined
  correspondingAuthors?: string | undefined
  mode?: string | undefined
  findings: number
  /** The steps in progress, or else the last one. */
  steps: Step[]
  failure?: KnownRun['failure'] | undefined
  requestedBy?: string | undefined
  /** A newer run of the same version, and the step at which it failed. */
  newer?: { number: number; step: string } | undefined
  previewable: boolean
  publishable: boolean
  /** Its publication has failed and may be requested again. */
  republishable: boolean
  /** Its package may be run again. */
  rerunnable: boolean
  /** The person who requested that, until the new run begins. */
  rerunBy?: string | undefined
  /** The run that it is a rerun of, and the request for it. */
  rerunOf?: { number: number; by: string; why: string } | undefined
  /** The time of its scheduled publication, in unix seconds, and the reason if that is overdue. */
  due?: number | undefined
  overdue?: string | undefined
  published?: { version: number; at: string } | undefined
  /** The reason for which its article is withdrawn from readers, with all of its versions. */
  withdrawn?: string | undefined
  /** The way in which it was published. */
  via?: PublishedVia | undefined
  /** The person who dismissed it, and why. */
  dismissed?: { by: string; why: string } | undefined
}

/** Summarises a current run (see `currentRuns`) for the lists. */
export function summarise(
  article: Article,
  place: VersionRun,
  requests: readonly ArticleRequest[],
  schedule?: Schedule,
): Summary {
  const { version, run } = place
  const properties = propertiesOf(article, version, run)
  const text = (name: string) => textOf(properties, name)
  const state = run && runStateOf(run, requests)
  const verdict = run && judgePublication(article, requests, { version: version.number, run: run.id })
  const pending = schedule && isOf(schedule, place, article, requests) ? schedule : undefined
  const request = run && pendingPublication(run, requests)
  const dismissal = run && dismissalOf(run, requests)
  const open = run?.steps.filter((step) => !isOver(step)) ?? []
  const published = publishedOf(article)
  return {
    id: article.id,
    version: version.number,
    run: run && { id: run.id, number: run.number, began: run.began },
    file: run && deliveryOf(run)?.file_name,
    section: state
      ? sectionOf(state, { scheduled: pending !== undefined, open: open.length > 0 })
      : sectionWithoutRun(article, pending !== undefined),
    state,
    since: request ? isoOf(request.at) : sinceOf(article, state, run),
    title: text('title'),
    ofArticle: version.number > 0 ? undefined : titleOfArticle(article),
    doi: text('doi'),
    status: text('status'),
    kind: kindOf(text('article-kind'), text('article-type')),
    correspondingAuthors: text('corresponding-authors'),
    mode: text('publication-mode'),
    findings: findingsOf(text('findings')).length,
    steps: open.length > 0 ? open : (run?.steps.slice(-1) ?? []),
    failure: state === 'failed' || state === 'dismissed' ? run?.failure : undefined,
    requestedBy: request?.by,
    newer: run && newerFailure(run, version),
    previewable: version.number > 0 && text('path') !== undefined,
    publishable: verdict?.allowed === true,
    republishable: state === 'failed' && verdict?.allowed === false && verdict.forcible,
    rerunnable: state === 'failed' && run !== undefined && judgeRerun(article, requests, run.id).allowed,
    rerunBy: run && pendingRerun(article, requests, run)?.by,
    rerunOf: run && originOf(article, requests, run),
    due: pending?.due,
    overdue: pending?.problem || undefined,
    published: published && { version: published.version.number, at: isoOf(published.at) },
    withdrawn: withdrawalOf(article),
    via: run && publishedVia(run, requests),
    dismissed: dismissal && { by: dismissal.by, why: dismissal.why ?? '' },
  }
}

function titleOfArticle(article: Article): string | undefined {
  const newest = article.versions.findLast(({ number }) => number > 0)
  return newest && textOf(propertiesOf(article, newest), 'title')
}

/** Finds the run of which this one is a rerun. */
function originOf(article: Article, requests: readonly ArticleRequest[], run: KnownRun): Summary['rerunOf'] {
  const request = requests.findLast((one) => one.kind === 'run again' && rerunOf(article, one) === run)
  const origin = request && allRuns(article).find(({ id }) => id === request.run)
  return request && origin && { number: origin.number, by: request.by, why: request.why ?? '' }
}

/** Checks that the schedule applies to this run: it is bound to it, or, if bound to no current run, this is the article's highest version. */
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

/** Splits the findings of the package check, one per line. */
export function findingsOf(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '')
}

/** Picks the section; a requested publication needs no user input, so it is in progress. */
function sectionOf(state: RunState, { scheduled, open }: { scheduled: boolean; open: boolean }): Section | undefined {
  if (state === 'hidden' || state === 'dismissed' || state === 'repeated') return undefined
  if (state === 'published') return open ? 'finishing' : undefined
  if (state === 'waiting') return 'waiting'
  if (state === 'failed') return 'error'
  if (scheduled) return 'scheduled'
  return state === 'ready' ? 'uir' : 'in-progress'
}

/** Picks the section of a version without runs: the status of the highest version that has runs decides whether it is listed. */
function sectionWithoutRun(article: Article, scheduled: boolean): Section | undefined {
  const status = article.versions.findLast(({ runs }) => runs.length > 0)?.properties.get('publication-status')?.value
  if (status === 'published' || status === 'hidden') return undefined
  return scheduled ? 'scheduled' : 'in-progress'
}

function sinceOf(article: Article, state: RunState | undefined, run: KnownRun | undefined): string {
  if (!run) return article.versions.findLast(({ runs }) => runs.length > 0)?.runs.at(-1)?.latest ?? ''
  if (state === 'failed') return run.failure?.at ?? run.latest
  return state === 'ready' ||
    state === 'published' ||
    state === 'hidden' ||
    state === 'dismissed' ||
    state === 'repeated'
    ? run.latest
    : run.began
}
