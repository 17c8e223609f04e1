import type { Sql } from '@continuum/service'
import type { PendingQuery, Row } from 'postgres'
import type { Edition } from './edition.ts'
import { editionOf, type EditionRow } from './edition-store.ts'
import { findList, inList, type ArticleList } from './list-store.ts'

/** A page of a list, and how many articles the list has. */
export interface ListedPage {
  total: number
  editions: Edition[]
}

interface Paging {
  page: number
  perPage: number
}

/** Lists a page of public articles in their newest editions, those that changed last first. */
export async function listArticles(sql: Sql, of: ArticleList, paging: Paging): Promise<ListedPage> {
  const list = await findList(sql, of)
  const members = sql`
    select article, shown from list_member where ${inList(sql, list)} and shown is not null`
  return { total: list.articles, editions: await pageOf(sql, members, paging, list.articles) }
}

/**
 * Lists a page of the public articles of an author.
 *
 * @param author the ORCID, else the name: `Lovelace, Ada`
 */
export async function listArticlesBy(sql: Sql, author: string, paging: Paging): Promise<ListedPage> {
  const theirs = sql`
    select article, coalesce(updated, published) as shown from author_listing join record using (article)
    where author = ${author}`
  const [{ total } = { total: 0 }] = await sql<{ total: number }[]>`
    select count(*)::int as total from author_listing where author = ${author}`
  return { total, editions: await pageOf(sql, theirs, paging, total) }
}

/** Reads a page from the end of the list that is nearer. */
async function pageOf(
  sql: Sql,
  members: PendingQuery<Row[]>,
  { page, perPage }: Paging,
  total: number,
): Promise<Edition[]> {
  const start = (page - 1) * perPage
  const end = Math.min(start + perPage, total)
  if (start >= end) return []
  const order =
    start > total - end
      ? sql`order by shown, article limit ${end - start} offset ${total - end}`
      : sql`order by shown desc, article desc limit ${end - start} offset ${start}`
  const rows = await sql<EditionRow[]>`
    with page as (${members} ${order})
    select edition.*, retraction is not null as retracted
    from page join record using (article) join edition using (article, version) where stage = 'published'
    order by page.shown desc, article desc`
  return rows.map(editionOf)
}

/** Finds the name of an author as readers write it. */
export async function authorName(sql: Sql, author: string): Promise<string | undefined> {
  const [row] = await sql<
    { name: string }[]
  >`select name from author_listing where author = ${author} order by article desc limit 1`
  return row?.name
}
