import type { ArticleStatus } from '@continuum/article'
import type { Sql } from '@continuum/service'

/** Whether the asker sees what everybody sees, or with the service's credential previews too. */
export type Visibility = 'published' | 'everything'

/** JSON texts of one content, of which answers are put together without parsing them. */
export interface ArticleText {
  status: ArticleStatus
  run: string
  head: string
  body: string
}
export interface SnippetText {
  head: string
  snippet: string
}
export interface VersionText extends SnippetText {
  history: string
  type: string
}

/** The newest version of an article that the asker sees, or the version asked for. */
export async function findArticle(
  sql: Sql,
  visibility: Visibility,
  article: string,
  version?: number,
): Promise<ArticleText | undefined> {
  const wanted =
    version === undefined ? newest(sql, visibility) : sql`version = ${version} and ${visible(sql, visibility)}`
  const [found] = await sql<ArticleText[]>`
    select status, run, head, body from content where article = ${article} and ${wanted} order by stage limit 1`
  return found
}

/** A page of newest versions, by date and number; what has no date yet counts as the latest. */
export async function listArticles(
  sql: Sql,
  visibility: Visibility,
  paging: { page: number; perPage: number; order: 'asc' | 'desc' },
): Promise<{ total: number; items: SnippetText[] }> {
  const { page, perPage, order } = paging
  const direction = order === 'asc' ? sql`asc` : sql`desc`
  const [items, [count]] = await Promise.all([
    sql<SnippetText[]>`
      select head, snippet from content where ${newest(sql, visibility)}
      order by date ${direction}, length(article) ${direction}, article ${direction} limit ${perPage} offset ${(page - 1) * perPage}`,
    sql<{ total: number }[]>`select count(*)::int as total from content where ${newest(sql, visibility)}`,
  ])
  return { total: count?.total ?? 0, items }
}

/** Every version of an article that the asker sees, ascending. */
export function listVersions(sql: Sql, visibility: Visibility, article: string): Promise<VersionText[]> {
  return sql<VersionText[]>`
    select distinct on (version) head, snippet, history, snippet::json ->> 'type' as type
    from content where article = ${article} and ${visible(sql, visibility)} order by version, stage`
}

/** What the newest version that the asker sees names as related from elsewhere. */
export async function findRelations(
  sql: Sql,
  visibility: Visibility,
  article: string,
): Promise<{ external: string; preprints: string } | undefined> {
  const [found] = await sql<{ external: string; preprints: string }[]>`
    select related_external as external, related_preprints as preprints
    from content where article = ${article} and ${newest(sql, visibility)}`
  return found
}

/** Newest versions of the articles that this one names, and of those that name it, by number. */
export function listRelated(
  sql: Sql,
  visibility: Visibility,
  article: string,
): Promise<(SnippetText & { number: string })[]> {
  return sql<(SnippetText & { number: string })[]>`
    select article as number, head, snippet from content
    where ${newest(sql, visibility)} and article <> ${article} and (
      related @> array[${article}]
      or article = any (select unnest(related) from content where article = ${article} and ${newest(sql, visibility)})
    )
    order by length(article), article`
}

export interface PublishedVersion {
  doi: string
  version: number
  status: ArticleStatus
  date: Date
  snippet: string
}

/** The published versions of the article with this id. */
export function listPublished(sql: Sql, article: string): Promise<PublishedVersion[]> {
  return sql<PublishedVersion[]>`
    select doi, version, status, date, snippet from content
    where article = ${article} and stage = 'published' order by version`
}

/** The published versions of the article with this DOI, in any letter case. */
export function listVersionsOfDoi(sql: Sql, doi: string): Promise<PublishedVersion[]> {
  return sql<PublishedVersion[]>`
    select doi, version, status, date, snippet from content
    where lower(doi) = ${doi.toLowerCase()} and stage = 'published' order by version`
}

function newest(sql: Sql, visibility: Visibility) {
  return visibility === 'everything' ? sql`newest` : sql`newest_published`
}

/** Of a version with two contents, the preview comes first in the order of stages. */
function visible(sql: Sql, visibility: Visibility) {
  return visibility === 'everything' ? sql`true` : sql`stage = 'published'`
}
