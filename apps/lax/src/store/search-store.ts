import type { Sql } from '@continuum/service'
import type { PendingQuery, TransactionSql } from 'postgres'
import type { Query } from './pipeline.ts'
import type { SnippetText } from './read-store.ts'

/** The query of a hash of what readers see of an article; no row where they see nothing. */
export function selectShown(tx: TransactionSql, article: string): PendingQuery<{ shown: string }[]> {
  return tx<{ shown: string }[]>`
    select md5(head || snippet || body) as shown from content where article = ${article} and newest_published`
}

/**
 * The query that writes the words of an article, as readers see it now, in place of earlier ones; none if nothing of it is public.
 * Most previews change nothing that readers see: finding the words of a large article takes longer than all else of an ingest.
 *
 * @param before the hash of what readers saw before the change
 */
export function indexArticle(tx: TransactionSql, article: string, before: string | undefined): Query {
  return tx`
    select index_article(${article})
    where (${selectShown(tx, article)}) is distinct from ${before ?? null}`
}

export interface Search {
  /** Up to 32 words, all of which must be there; none: everything. */
  words: string
  /** Any of these, by id; none: whatever subject. */
  subjects: readonly string[]
  types: readonly string[]
  /** Inclusive UTC days. */
  from?: string
  to?: string
  /** The date that `from`, `to` and the order are about. */
  by: 'date' | 'published'
  sort: 'relevance' | 'date'
  order: 'asc' | 'desc'
  page: number
  perPage: number
}

export interface SearchResult {
  total: number
  items: SnippetText[]
  subjects: { id: string; name: string; results: number }[]
  types: Record<string, number>
}

/**
 * Finds published articles. Operators are text: PostgreSQL takes each word as one. The facets count what the words and dates leave,
 * before subjects and types are chosen, so that choosing one shows what another would.
 */
export async function searchArticles(sql: Sql, search: Search): Promise<SearchResult> {
  const { subjects, types, order, page, perPage } = search
  const matched = matching(sql, search)
  const chosen = sql`
    ${subjects.length > 0 ? sql`subjects && ${[...subjects]}` : sql`true`}
    and ${types.length > 0 ? sql`type = any(${[...types]})` : sql`true`}`
  const direction = order === 'asc' ? sql`asc` : sql`desc`
  const ordered =
    search.sort === 'relevance' && search.words !== ''
      ? sql`rank ${direction}, at ${direction}, length(article) ${direction}, article ${direction}`
      : sql`at ${direction}, length(article) ${direction}, article ${direction}`
  const [items, [count], bySubject, byType] = await Promise.all([
    sql<SnippetText[]>`
      select content.head, content.snippet, content.public_api as "publicApi"
      from (
        select article, row_number() over (order by ${ordered}) as place from (${matched}) as matched where ${chosen}
        order by place limit ${perPage} offset ${(page - 1) * perPage}
      ) as found join content on content.article = found.article and content.newest_published order by place`,
    sql<{ total: number }[]>`select count(*)::int as total from (${matched}) as matched where ${chosen}`,
    sql<{ id: string; name: string; results: number }[]>`
      select subject ->> 'id' as id, max(subject ->> 'name') as name, count(*)::int as results
      from (${matched}) as matched, jsonb_array_elements(names::jsonb) as subject group by 1 order by 2, 1`,
    sql<{ type: string; results: number }[]>`
      select type, count(*)::int as results from (${matched}) as matched group by type order by type`,
  ])
  return {
    total: count?.total ?? 0,
    items: [...items],
    subjects: [...bySubject],
    types: Object.fromEntries(byType.map(({ type, results }) => [type, results])),
  }
}

function matching(sql: Sql, { words, from, to, by }: Search) {
  const at = by === 'published' ? sql`published` : sql`date`
  const query = sql`(plainto_tsquery('english', ${words}) || plainto_tsquery('simple', ${words}))`
  // Words that are all too common to be searched for leave nothing to look for: everything is found.
  const found =
    words === '' ? sql`true` : sql`(numnode(plainto_tsquery('english', ${words})) = 0 or document @@ ${query})`
  return sql`
    select article, type, subjects, names, ${at} as at, ${words === '' ? sql`0` : sql`ts_rank(document, ${query})`} as rank
    from search
    where ${found}
      and ${from === undefined ? sql`true` : sql`${at} >= ${from}::date at time zone 'UTC'`}
      and ${to === undefined ? sql`true` : sql`${at} < (${to}::date + 1) at time zone 'UTC'`}`
}

/** Lists the subjects of published articles, by name. */
export function listSubjects(sql: Sql): Promise<{ id: string; name: string; results: number }[]> {
  return sql<{ id: string; name: string; results: number }[]>`
    select subject ->> 'id' as id, max(subject ->> 'name') as name, count(*)::int as results
    from search, jsonb_array_elements(names::jsonb) as subject group by 1 order by 2, 1`
}
