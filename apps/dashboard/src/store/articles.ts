import type { ISql } from 'postgres'
import { currentRow } from '../derive/api-rows.ts'
import { deriveArticle } from '../derive/article.ts'
import { summarise, type Summary } from '../derive/summary.ts'
import type { Article } from '../derive/words.ts'
import { messagesOf } from './messages.ts'
import { requestsOf, type KeptRequest } from './requests.ts'
import { bindSchedule, schedulesOf, type KeptSchedule } from './schedules.ts'

/** Raise it when other rows are derived from the same messages: all are then made again at the next start. */
const derivation = 1

/** All that is known of an article. */
export interface KnownArticle {
  article: Article
  requests: KeptRequest[]
  schedule: KeptSchedule | undefined
}

/** All that is known of an article, or undefined where nothing was ever said of it. */
export async function loadArticle(sql: ISql, id: string): Promise<KnownArticle | undefined> {
  const [received, requests, [schedule]] = await Promise.all([
    messagesOf(sql, id),
    requestsOf(sql, id),
    schedulesOf(sql, [id]),
  ])
  return received.length === 0 ? undefined : { article: deriveArticle(id, received), requests, schedule }
}

/** Makes an article's row anew from all that is known of it; in the transaction (`changing`) that changed any of that. */
export async function refreshArticle(sql: ISql, id: string, previewBaseUrl: string): Promise<void> {
  const known = await loadArticle(sql, id)
  const summary = known && summarise(known.article, known.requests, known.schedule)
  if (!summary) return
  const { standing, run, version, section = null, since, waiting, published } = summary
  if (known.schedule && known.schedule.run === undefined && standing === 'ready' && run) {
    await bindSchedule(sql, id, version, run.id)
  }
  const row = currentRow(known.article, previewBaseUrl, known.schedule)
  await sql`
    insert into article (id, section, since, waiting, published_at, search, summary, api_row, derivation)
    values (
      ${id}, ${section}, ${since}, ${waiting.length > 0}, ${published?.at ?? null}, ${searchText(summary)},
      ${JSON.stringify(summary)}::text::json, ${JSON.stringify(row)}::text::json, ${derivationOf(previewBaseUrl)}
    )
    on conflict (id) do update set
      section = excluded.section, since = excluded.since, waiting = excluded.waiting,
      published_at = excluded.published_at, search = excluded.search, summary = excluded.summary,
      api_row = excluded.api_row, derivation = excluded.derivation`
}

/** The articles whose rows were derived by another version of this code, or with another setting. */
export async function outdatedArticles(sql: ISql, previewBaseUrl: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from article where derivation is distinct from ${derivationOf(previewBaseUrl)} order by id`
  return rows.map(({ id }) => id)
}

function derivationOf(previewBaseUrl: string): string {
  return `${derivation} ${previewBaseUrl}`
}

function searchText({ id, doi, title, correspondingAuthors, articleType }: Summary): string {
  return [id, doi, title?.replace(/<[^>]*>/g, ''), correspondingAuthors, articleType].join(' ').toLowerCase()
}
