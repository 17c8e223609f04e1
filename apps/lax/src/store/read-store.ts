import type { ArticleStatus } from '@continuum/article'
import type { Sql } from '@continuum/service'

/** The contents that a client may see: published ones, or with the token previews too. */
export type Visibility = 'published' | 'everything'

/** The JSON texts of one content, of which replies are composed without parsing. */
export interface ArticleText {
  /** The versions of the public API's media type by which it is valid; null where nobody has checked it. */
  publicApi: number[] | null
  status: ArticleStatus
  run: string
  head: string
  body: string
}
export interface SnippetText {
  publicApi: number[] | null
  head: string
  snippet: string
}
export interface VersionText extends SnippetText {
  history: string
  type: string
}

/** Finds the newest visible version of an article, or the given version. */
export async function findArticle(
  sql: Sql,
  visibility: Visibility,
  article: string,
  version?: number,
): Promise<ArticleText | undefined> {
  const wanted =
    version === undefined ? newest(sql, visibility) : sql`version = ${version} and ${visible(sql, visibility)}`
  const [found] = await sql<ArticleText[]>`
    select status, run, public_api as "publicApi", head, body from content where article = ${article} and ${wanted} order by stage limit 1`
  return found
}

/** Lists a page of newest versions, by date and number; a version without a date counts as the latest. */
export async function listArticles(
  sql: Sql,
  visibility: Visibility,
  paging: { page: number; perPage: number; order: 'asc' | 'desc' },
  publicOnly: boolean,
): Promise<{ total: number; items: SnippetText[] }> {
  const { page, perPage, order } = paging
  const direction = order === 'asc' ? sql`asc` : sql`desc`
  const listed = publicOnly
    ? sql`${newest(sql, visibility)} and public_api is distinct from '{}'`
    : newest(sql, visibility)
  const [items, [count]] = await Promise.all([
    sql<SnippetText[]>`
      select public_api as "publicApi", head, snippet from content where ${listed}
      order by date ${direction}, length(article) ${direction}, article ${direction} limit ${perPage} offset ${(page - 1) * perPage}`,
    sql<{ total: number }[]>`
      select articles::int as total from total
      where everything = ${visibility === 'everything'} and public_only = ${publicOnly}`,
  ])
  return { total: count?.total ?? 0, items }
}

/** Lists the visible versions of an article, ascending. */
export function listVersions(sql: Sql, visibility: Visibility, article: string): Promise<VersionText[]> {
  return sql<VersionText[]>`
    select distinct on (version) public_api as "publicApi", head, snippet, history, snippet::json ->> 'type' as type
    from content where article = ${article} and ${visible(sql, visibility)} order by version, stage`
}

/** Finds the relations to other sources that the newest visible version of an article names. */
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

/** Lists the newest versions of the articles that this one names, and of those that name it, by number. */
export function listRelated(
  sql: Sql,
  visibility: Visibility,
  article: string,
): Promise<(SnippetText & { number: string })[]> {
  return sql<(SnippetText & { number: string })[]>`
    select article as number, public_api as "publicApi", head, snippet from content
    where ${newest(sql, visibility)} and article <> ${article} and article = any (array(
      select article from content where related @> array[${article}] and ${newest(sql, visibility)}
      union
      select unnest(related) from content where article = ${article} and ${newest(sql, visibility)}
    ))
    order by length(article), article`
}

export interface PublishedVersion {
  doi: string
  version: number
  status: ArticleStatus
  date: Date
  snippet: string
}

/** Lists the published versions of the article with this id. */
export function listPublished(sql: Sql, article: string): Promise<PublishedVersion[]> {
  return sql<PublishedVersion[]>`
    select doi, version, status, date, snippet from content
    where article = ${article} and stage = 'published' order by version`
}

/** Lists the published versions of the article with this DOI, in any letter case. */
export function listVersionsOfDoi(sql: Sql, doi: string): Promise<PublishedVersion[]> {
  return sql<PublishedVersion[]>`
    select doi, version, status, date, snippet from content
    where lower(doi) = ${doi.toLowerCase()} and stage = 'published' order by version`
}

function newest(sql: Sql, visibility: Visibility) {
  return visibility === 'everything' ? sql`newest` : sql`newest_published`
}

/** Selects the visible contents; of a version with two, the preview comes first in the order of stages. */
function visible(sql: Sql, visibility: Visibility) {
  return visibility === 'everything' ? sql`true` : sql`stage = 'published'`
}

/** Counts the articles that are public, and those of them that are research articles. */
export async function countPublished(sql: Sql): Promise<{ articles: number; researchArticles: number }> {
  const [found] = await sql<{ articles: number; researchArticles: number }[]>`
    select count(*)::int as articles,
      count(*) filter (where snippet::json ->> 'type' = 'research-article')::int as "researchArticles"
    from content where newest_published`
  return found ?? { articles: 0, researchArticles: 0 }
}
