import type { Journal } from '@continuum/article'
import type { Sql } from '@continuum/service'

/** A list of articles of which the database keeps the members and their number. */
export type ArticleList =
  | { kind: 'all' }
  /** `2012-12`; `1998` for the articles of which no more than the year is known. */
  | { kind: 'month'; name: string }
  | { kind: 'subject'; name: string }
  | ({ kind: 'journal' } & JournalIds)

/** The articles of a journal, by their ids. */
export interface JournalIds {
  /** Ids begin with it and a hyphen; `''` for those of the default journal, which have none of `others`. */
  prefix: string
  others: readonly string[]
}

/** The list of a journal's articles. */
export function listOfJournal({ prefix, bareIds }: Journal, journals: readonly Journal[]): ArticleList {
  const others = journals.filter((each) => !each.bareIds).map((each) => each.prefix)
  return { kind: 'journal', prefix: bareIds ? '' : prefix, others }
}

/** The rows of the table of lists that are a list: one, but for a default journal whose ids begin in several ways. */
export interface ListRows {
  kind: ArticleList['kind']
  names: readonly string[]
  /** The number of its public articles. */
  articles: number
}

/** Finds the rows of a list. */
export async function findList(sql: Sql, of: ArticleList): Promise<ListRows> {
  const name = of.kind === 'all' ? '' : of.kind === 'journal' ? of.prefix : of.name
  const others = of.kind === 'journal' && name === '' ? of.others : undefined
  const rows = await sql<Counted[]>`
    select name, articles from list where kind = ${of.kind}
      and ${others ? sql`name <> all(${[...others]}::text[])` : sql`name = ${name}`}`
  const articles = rows.reduce((sum, row) => sum + row.articles, 0)
  return { kind: of.kind, names: rows.map((row) => row.name), articles }
}

/** The condition that a row of the table of members is of a list. */
export function inList(sql: Sql, { kind, names }: ListRows) {
  // An equality, wherever it can be one: an index then has the members in their order.
  const named = names.length === 1 ? sql`name = ${names[0] ?? ''}` : sql`name = any(${[...names]}::text[])`
  return sql`list_member.kind = ${kind} and ${named}`
}

/** A list with the number of its articles. */
export interface Counted {
  name: string
  articles: number
}

/** Counts public articles by month of publication, the latest first: `2012-12`, or `1998` where no more is known. */
export async function countMonths(sql: Sql): Promise<Counted[]> {
  return sql<Counted[]>`
    select name, articles from list where kind = 'month' and articles > 0 order by name desc`
}

/** Counts public articles by subject, by name. */
export async function countSubjects(sql: Sql): Promise<Counted[]> {
  return sql<Counted[]>`
    select name, articles from list where kind = 'subject' and articles > 0 order by lower(name), name`
}

/** Lists the subjects of all articles that are public or were, by name. */
export async function knownSubjects(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select name from list where kind = 'subject' and exists (
      select from list_member where list_member.kind = list.kind and list_member.name = list.name
    ) order by name`
  return rows.map(({ name }) => name)
}
