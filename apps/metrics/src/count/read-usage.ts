import type { Sql } from '@continuum/service'

export type UsageMetric = 'page-views' | 'downloads'
export type Granularity = 'day' | 'month'

export interface Paging {
  page: number
  perPage: number
  order: 'asc' | 'desc'
}

export interface Periods {
  totalPeriods: number
  totalValue: number
  periods: { period: string; value: number }[]
}

/**
 * Lists the usage of an article by day or month. Totals are of everything, and the same for both: months that a history
 * knows without their days are part of the total.
 */
export async function readPeriods(
  sql: Sql,
  article: string,
  metric: UsageMetric,
  by: Granularity,
  { page, perPage, order }: Paging,
): Promise<Periods> {
  const source = by === 'month' ? months(sql, article, metric) : days(sql, article, metric)
  const [periods, [size], total] = await Promise.all([
    sql<{ period: string; value: number }[]>`
      select period, sum(value)::int as value from (${source}) as each group by period
      order by period ${order === 'asc' ? sql`asc` : sql`desc`} limit ${perPage} offset ${(page - 1) * perPage}`,
    sql<{ size: number }[]>`select count(distinct period)::int as size from (${source}) as each`,
    totalOf(sql, article, metric),
  ])
  return { totalPeriods: size?.size ?? 0, totalValue: total, periods: [...periods] }
}

async function totalOf(sql: Sql, article: string, metric: UsageMetric): Promise<number> {
  const [row] = await sql<{ total: string | null }[]>`
    select sum(value)::bigint as total from (${months(sql, article, metric)}) as each`
  return Number(row?.total ?? 0)
}

function value(sql: Sql, metric: UsageMetric, digest: boolean) {
  if (metric === 'downloads') return sql`pdf`
  return digest ? sql`"full" + abstract + digest` : sql`"full" + abstract`
}

function days(sql: Sql, article: string, metric: UsageMetric) {
  return sql`
    select day::text as period, ${value(sql, metric, false)} as value from usage where article = ${article}
    union all
    select date, ${value(sql, metric, true)} from history where article = ${article} and period = 'day'`
}

/** A source that has both a month and days of it has counted the same twice: the month goes first. */
function months(sql: Sql, article: string, metric: UsageMetric) {
  return sql`
    select to_char(day, 'YYYY-MM') as period, ${value(sql, metric, false)} as value from usage where article = ${article}
    union all
    select date, ${value(sql, metric, true)} from history where article = ${article} and period = 'month'
    union all
    select left(date, 7), ${value(sql, metric, true)} from history where article = ${article} and period = 'day'
      and not exists (
        select from history as whole where whole.article = history.article and whole.source = history.source
          and whole.period = 'month' and whole.date = left(history.date, 7))`
}

export interface ArticleTotals {
  article: string
  views: number
  downloads: number
}

/** Lists the totals of a page of articles: those that were used or cited. Newest, that is highest, number first. */
export async function readTotals(
  sql: Sql,
  { page, perPage, order }: Paging,
  article?: string,
): Promise<{ total: number; items: ArticleTotals[] }> {
  const direction = order === 'asc' ? sql`asc` : sql`desc`
  const known = sql`
    select article from usage union select article from history union select article from citation where number > 0`
  const chosen = article === undefined ? sql`(${known}) as known` : sql`(select ${article}::text as article) as known`
  const [ids, [size]] = await Promise.all([
    sql<{ article: string }[]>`
      select article from ${chosen} order by length(article) ${direction}, article ${direction}
      limit ${perPage} offset ${(page - 1) * perPage}`,
    sql<{ size: number }[]>`select count(*)::int as size from ${chosen}`,
  ])
  const items = await Promise.all(
    ids.map(async ({ article: id }) => ({
      article: id,
      views: await totalOf(sql, id, 'page-views'),
      downloads: await totalOf(sql, id, 'downloads'),
    })),
  )
  return { total: size?.size ?? 0, items }
}

/** The kinds of use of an article on a day or in a month, as the API of 2016 shows them. */
export interface UseCounts {
  full: number
  abstract: number
  digest: number
  pdf: number
}

/** Lists what was counted by a source: `ga` and `hw` are histories, undefined is all of it, ours too. */
export async function readUseCounts(
  sql: Sql,
  article: string,
  by: Granularity,
  source?: string,
): Promise<({ period: string } & UseCounts)[]> {
  const own = by === 'day' ? sql`day::text` : sql`to_char(day, 'YYYY-MM')`
  const fromHistory = sql`
    select date as period, "full", abstract, digest, pdf from history
    where article = ${article} and period = ${by} and ${source === undefined ? sql`true` : sql`source = ${source}`}`
  const fromUsage = sql`select ${own} as period, "full", abstract, 0 as digest, pdf from usage where article = ${article}`
  return sql<({ period: string } & UseCounts)[]>`
    select period, sum("full")::int as full, sum(abstract)::int as abstract, sum(digest)::int as digest, sum(pdf)::int as pdf
    from (${source === undefined ? sql`${fromUsage} union all ${fromHistory}` : fromHistory}) as each
    group by period order by period`
}
