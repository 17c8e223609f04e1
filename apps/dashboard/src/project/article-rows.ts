import type { ISql } from 'postgres'
import { currentRow } from '../derive/rows/api-rows.ts'
import { currentOf, deriveArticle, publishedOf, type VersionRun } from '../derive/history/article.ts'
import { archivedRuns } from '../derive/rows/archive.ts'
import { currentRuns } from '../derive/rows/current.ts'
import { listKeys } from '../derive/rows/list-keys.ts'
import { runStateOf } from '../derive/rules/run-state.ts'
import { summarise, type Summary } from '../derive/rows/summary.ts'
import type { Article } from '../derive/history/model.ts'
import { notesOf } from '../store/activity.ts'
import { upsertArticles } from '../store/article-rows.ts'
import { replaceListRows, type ListRow } from '../store/list-rows.ts'
import { messagesOf } from '../store/messages.ts'
import { requestsOf, type StoredRequest } from '../store/requests.ts'
import { bindSchedule, schedulesOf, type StoredSchedule } from '../store/schedules.ts'

/** Increment this when the code derives different rows from the same messages: the next start then refreshes them all. */
const derivation = 7

/** Everything stored about an article. */
export interface KnownArticle {
  article: Article
  requests: StoredRequest[]
  schedule: StoredSchedule | undefined
}

/** Loads an article, or undefined if no message is about it. */
export async function loadArticle(sql: ISql, id: string): Promise<KnownArticle | undefined> {
  return (await loadArticles(sql, [id]))[0]
}

/** Loads those of the articles that messages are about. */
async function loadArticles(sql: ISql, ids: readonly string[]): Promise<KnownArticle[]> {
  const [received, allRequests, schedules] = await Promise.all([
    messagesOf(sql, ids),
    requestsOf(sql, ids),
    schedulesOf(sql, ids),
  ])
  const requests = Map.groupBy(allRequests, ({ article }) => article)
  const scheduled = new Map(schedules.map((schedule) => [schedule.article, schedule]))
  return ids.flatMap((id) => {
    const messages = received.get(id)
    if (messages === undefined) return []
    return [{ article: deriveArticle(id, messages), requests: requests.get(id) ?? [], schedule: scheduled.get(id) }]
  })
}

/** Derives the rows of an article again; call it in the transaction (`applyChange`) that changed the article. */
export async function refreshArticle(sql: ISql, id: string, previewBaseUrl: string): Promise<void> {
  await refreshArticles(sql, [id], previewBaseUrl)
}

/** Derives the rows of several articles again, each once; call it in the transaction (`applyChanges`) that changed them. */
export async function refreshArticles(sql: ISql, ids: readonly string[], previewBaseUrl: string): Promise<void> {
  if (ids.length === 0) return
  const [loaded, notes] = await Promise.all([loadArticles(sql, ids), notesOf(sql, ids)])
  const known = loaded.flatMap((one) => {
    const main = publishedOf(one.article) ?? currentOf(one.article)
    return main && one.article.versions.some(({ runs }) => runs.length > 0) ? [{ ...one, main }] : []
  })
  if (known.length === 0) return
  for (const one of known) await bindUnbound(sql, one)
  await upsertArticles(
    sql,
    known.map(({ article, requests, schedule, main }) => {
      const summary = summarise(article, main, requests, schedule)
      const apiRow = currentRow(article, currentOf(article) ?? main, previewBaseUrl, schedule)
      return { id: article.id, summary, apiRow, derivation: derivationOf(previewBaseUrl) }
    }),
  )
  const rows = known.map((one) => listRowsOf(one, notes.get(one.article.id) ?? '', previewBaseUrl))
  await replaceListRows(
    sql,
    known.map(({ article }) => article.id),
    rows.flatMap(({ current }) => current),
    rows.flatMap(({ archived }) => archived),
  )
}

/** Binds a schedule that was set before any run was ready to the run that is ready now. */
async function bindUnbound(sql: ISql, known: KnownArticle): Promise<void> {
  const { article, requests, schedule } = known
  if (!schedule || schedule.fired || schedule.run !== undefined) return
  const ready = currentRuns(article, requests).find(({ run }) => run && runStateOf(run, requests) === 'ready')
  if (!ready?.run) return
  await bindSchedule(sql, article.id, ready.version.number, ready.run.id)
  known.schedule = { ...schedule, version: ready.version.number, run: ready.run.id }
}

/** Derives the rows of an article in the lists. */
function listRowsOf({ article, requests, schedule }: KnownArticle, notes: string, previewBaseUrl: string) {
  const rowOf = (place: VersionRun, summary: Summary, section: string, since: string): ListRow => ({
    article: article.id,
    version: place.version.number,
    run: place.run?.id ?? '',
    section,
    since,
    keys: listKeys(article, place, summary, notes),
    summary,
    apiRow: currentRow(article, place, previewBaseUrl, summary.due === undefined ? undefined : schedule),
  })
  const current = currentRuns(article, requests).flatMap((place) => {
    const summary = summarise(article, place, requests, schedule)
    return summary.section === undefined ? [] : [rowOf(place, summary, summary.section, summary.since)]
  })
  const archived = archivedRuns(article, requests).map((place) =>
    rowOf(place, { ...summarise(article, place, requests), since: place.since }, place.section, place.since),
  )
  return { current, archived }
}

/** Selects the articles whose rows were derived by another version of this code, or with another setting. */
export async function outdatedArticles(sql: ISql, previewBaseUrl: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from article where derivation is distinct from ${derivationOf(previewBaseUrl)} order by id`
  return rows.map(({ id }) => id)
}

function derivationOf(previewBaseUrl: string): string {
  return `${derivation} ${previewBaseUrl}`
}
