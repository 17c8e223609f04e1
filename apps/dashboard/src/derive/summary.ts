import { currentOf, propertiesOf, textOf, waitingRuns } from './article.ts'
import { judgePublication } from './publishable.ts'
import { pendingRequest, standingOf } from './standing.ts'
import { isOver } from './steps.ts'
import type { Article, PublicationRequest, Run, Schedule, Standing, Step } from './words.ts'

/** Where the current list shows an article, by the names of the JSON API; `uir`: user input required. */
export type Section = 'error' | 'scheduled' | 'uir' | 'in-progress'

/** A delivery that waits for its turn. */
export interface Waiting {
  run: string
  since: string
  file: string | undefined
  message: string
}

/** What the pages list of an article, whatever its section. Instants are ISO 8601 in UTC. */
export interface Summary {
  id: string
  /** 0 while the version of a new delivery is not known. */
  version: number
  run?: { id: string; number: number; began: string } | undefined
  /** Absent where nothing is left to be done. */
  section?: Section | undefined
  standing?: Standing | undefined
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
  failure?: Run['failure'] | undefined
  requestedBy?: string | undefined
  previewable: boolean
  publishable: boolean
  /** Its publication has failed and may be asked for again. */
  republishable: boolean
  /** When its publication is due, in unix seconds, and why it has not been asked for although it was. */
  due?: number | undefined
  overdue?: string | undefined
  waiting: Waiting[]
  published?: { version: number; at: string } | undefined
}

/** What the pages list of an article, from all that is known of it; undefined where there are no events yet. */
export function summarise(
  article: Article,
  requests: readonly PublicationRequest[],
  schedule?: Schedule,
): Summary | undefined {
  const current = currentOf(article)
  if (!current || article.versions.every(({ runs }) => runs.length === 0)) return undefined
  const { version, run } = current
  const properties = propertiesOf(article, version.number > 0 ? version : (article.versions.at(-1) ?? version))
  const text = (name: string) => textOf(properties, name)
  const standing = run && standingOf(run, version, requests)
  const verdict = run && judgePublication(article, requests, { version: version.number, run: run.id })
  const pending = schedule && !schedule.fired ? schedule : undefined
  const request = run && pendingRequest(run, requests)
  const open = run?.steps.filter((step) => !isOver(step)) ?? []
  return {
    id: article.id,
    version: version.number,
    run: run && { id: run.id, number: run.number, began: run.began },
    section: standing ? sectionOf(standing, pending !== undefined) : sectionWithoutRun(article, pending !== undefined),
    standing,
    since: request ? isoOf(request.at) : sinceOf(article, standing, run),
    title: text('title'),
    doi: text('doi'),
    status: text('status'),
    articleType: text('article-type'),
    correspondingAuthors: text('corresponding-authors'),
    mode: text('publication-mode'),
    findings: findingsOf(text('findings')).length,
    steps: open.length > 0 ? open : (run?.steps.slice(-1) ?? []),
    failure: standing === 'failed' ? run?.failure : undefined,
    requestedBy: request?.by,
    previewable: version.number > 0 && text('path') !== undefined,
    publishable: verdict?.allowed === true,
    republishable: standing === 'failed' && verdict?.allowed === false && verdict.forcible,
    due: pending?.due,
    overdue: pending?.problem || undefined,
    waiting: waitingRuns(article).map(waitingOf),
    published: publishedOf(article),
  }
}

/** The findings of the check: one a line. */
export function findingsOf(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '')
}

/** First match wins. What is asked for or being published needs nobody's input: it is in progress. */
function sectionOf(standing: Standing, scheduled: boolean): Section | undefined {
  if (standing === 'hidden' || standing === 'published') return undefined
  if (standing === 'failed') return 'error'
  if (scheduled) return 'scheduled'
  return standing === 'ready' ? 'uir' : 'in-progress'
}

/** Of a version that has properties and no run: the highest version that has one says whether the article is listed. */
function sectionWithoutRun(article: Article, scheduled: boolean): Section | undefined {
  const status = article.versions.findLast(({ runs }) => runs.length > 0)?.properties.get('publication-status')?.value
  if (status === 'published' || status === 'hidden') return undefined
  return scheduled ? 'scheduled' : 'in-progress'
}

function sinceOf(article: Article, standing: Standing | undefined, run: Run | undefined): string {
  if (!run) return article.versions.findLast(({ runs }) => runs.length > 0)?.runs.at(-1)?.latest ?? ''
  if (standing === 'failed') return run.failure?.at ?? run.latest
  return standing === 'ready' || standing === 'published' || standing === 'hidden' ? run.latest : run.began
}

function waitingOf({ id, began, events, steps }: Run): Waiting {
  const file = events.find(({ message }) => message.delivery)?.message.delivery?.file_name
  return { run: id, since: began, file, message: steps.at(-1)?.message ?? '' }
}

function publishedOf(article: Article): Summary['published'] {
  const version = article.versions.findLast(
    ({ properties }) => properties.get('publication-status')?.value === 'published',
  )
  const said = version?.properties.get('publication-status')
  return version && said ? { version: version.number, at: isoOf(said.sent) } : undefined
}

function isoOf(unixMilliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(unixMilliseconds).toString()
}
