import type { Sql } from '@continuum/service'
import { metricTypes, type MetricType } from './report-kinds.ts'

/** The usage of an article in a month, by metric. */
export interface MonthlyUsage extends Record<MetricType, number> {
  article: string
  month: string
}

/** Counts by metric and month: those of 0 are left out. */
export type Performance = Partial<Record<MetricType, Record<string, number>>>

/** Reads the usage of all articles in whole months. Sessions have a date, so that unique items of days add up. */
export function readMonthlyUsage(sql: Sql, begin: Temporal.PlainYearMonth, end: Temporal.PlainYearMonth) {
  return sql<MonthlyUsage[]>`
    select article, to_char(day, 'YYYY-MM') as month,
      sum(total_investigations)::int as "Total_Item_Investigations", sum(total_requests)::int as "Total_Item_Requests",
      sum(unique_investigations)::int as "Unique_Item_Investigations", sum(unique_requests)::int as "Unique_Item_Requests"
    from usage
    where day >= ${`${begin.toString()}-01`} and day < (${`${end.toString()}-01`}::date + interval '1 month')
    group by 1, 2 order by 1, 2`
}

/**
 * Adds usage up.
 *
 * @param total the month under which the sum of all months is given; absent: by month
 * @returns undefined where nothing is left
 */
export function performanceOf(
  usage: readonly MonthlyUsage[],
  metrics: readonly MetricType[],
  total?: string,
): Performance | undefined {
  const performance: Performance = {}
  for (const metric of metricTypes.filter((each) => metrics.includes(each))) {
    const months: Record<string, number> = {}
    for (const row of usage) {
      const month = total ?? row.month
      if (row[metric] > 0) months[month] = (months[month] ?? 0) + row[metric]
    }
    if (Object.keys(months).length > 0) performance[metric] = months
  }
  return Object.keys(performance).length > 0 ? performance : undefined
}
