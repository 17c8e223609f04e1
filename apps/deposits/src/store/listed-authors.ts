import type { ListedAuthors } from '@continuum/messages'
import type { Sql } from '@continuum/service'
import type { Queries } from './queries.ts'

/**
 * Keeps a list of authors. Of an article that is in it, the newest list is what counts: its authors of before are forgotten.
 *
 * @returns the articles in it
 */
export async function keepListedAuthors(
  sql: Sql,
  authors: ListedAuthors,
  by: string,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const articles = [...new Set(authors.map(({ articleId }) => articleId))].toSorted()
  if (articles.length === 0) return articles
  const rows = authors.map(({ articleId, address, givenNames, surname }, place) => ({
    article: articleId,
    place,
    address,
    given_names: givenNames,
    surname,
    listed_at: now.toString(),
    by,
  }))
  await sql.begin(async (transaction) => {
    await transaction`delete from listed_author where article in ${transaction(articles)}`
    // A statement has 65,535 parameters at most.
    for (let at = 0; at < rows.length; at += 5_000)
      await transaction`insert into listed_author ${transaction(rows.slice(at, at + 5_000))}`
  })
  return articles
}

/** Reads the authors of an article by the newest list that has it. */
export function readListedAuthors(sql: Queries, articleId: string): Promise<ListedAuthors> {
  return sql<ListedAuthors>`
    select article as "articleId", address, given_names as "givenNames", surname from listed_author
    where article = ${articleId} order by place`
}
