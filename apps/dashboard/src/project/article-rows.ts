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
import { replaceListRows, type ListRow } from '../store/list-rows.ts'
import { messagesOf } from '../store/messages.ts'
import { requestsOf, type StoredRequest } from '../store/requests.ts'
import { bindSchedule, schedulesOf, type StoredSchedule } from '../store/schedules.ts'

/** Increment this when the code derives different rows from the same messages: the next start then refreshes them all. */
const derivation = 6

/** Everything stored about an article. */
export interface KnownArticle {
  article: Article
  requests: StoredRequest[]
  schedule: StoredSchedule | undefined
}

/** Loads an article, or undefined if no message is about it. */
export async function loadArticle(sql: ISql, id: string): Promise<KnownArticle | undefined> {
  const [received, requests, [schedule]] = await Promise.all([
    messagesOf(sql, id),
    requestsOf(sql, id),
    schedulesOf(sql, [id]),
  ])
  return received.length === 0 ? undefined : { article: deriveArticle(id, received), requests, schedule }
}

/** Derives the rows of an article again; call it in the transaction (`applyChange`) that changed the article. */
export async function refreshArticle(sql: ISql, id: string, previewBaseUrl: string): Promise<void> {
  const known = await loadArticle(sql, id)
  const main = known && (publishedOf(known.article) ?? currentOf(known.article))
  if (!main || known.article.versions.every(({ runs }) => runs.length === 0)) return
  await bindUnbound(sql, known)
  const { article, requests, schedule } = known
  const summary = summarise(article, main, requests, schedule)
  await sql`
    insert into article (id, published_at, summary, api_row, derivation)
    values (
      ${id}, ${summary.published?.at ?? null}, ${JSON.stringify(summary)}::text::json,
      ${JSON.stringify(currentRow(article, currentOf(article) ?? main, previewBaseUrl, schedule))}::text::json,
      ${derivationOf(previewBaseUrl)}
    )
    on conflict (id) do update set
      published_at = excluded.published_at, summary = excluded.summary,
      api_row = excluded.api_row, derivation = excluded.derivation`
  await replaceRows(sql, known, previewBaseUrl)
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

async function replaceRows(sql: ISql, known: KnownArticle, previewBaseUrl: string): Promise<void> {
  const { article, requests, schedule } = known
  const notes = await notesOf(sql, article.id)
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
  await replaceListRows(sql, article.id, current, archived)
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
