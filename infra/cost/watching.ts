import { isObject, listOf } from '../proofs/wire/values.ts'
import { works, type Assumptions } from './assumptions.ts'
import { fixed, sum, used, type Rule } from './line.ts'
import { prices } from './prices.ts'

/** The GB that the processes log a month. */
export function logGigabytes({ articles, pages }: Assumptions): number {
  return works.logAtRest + articles * works.logOfArticle + pages * works.pageRequests * works.logOfRequest
}

/** Logs, kept as long as the group that keeps them longest. */
export const logGroups: Rule = (all, { assumptions }) => {
  const gigabytes = logGigabytes(assumptions)
  const months = Math.max(...all.map(({ inputs }) => Number(inputs['retentionInDays'] ?? 30))) / 30
  return [used('logs', gigabytes, prices.logs), used('logs that are kept', gigabytes * months, prices.logsKept)]
}

/** An alarm costs by the metrics that it looks at. */
export const alarms: Rule = (all) => {
  const metricsOf = (queries: ReturnType<typeof listOf>) =>
    queries.filter(isObject).reduce((total, { metric, expression }) => {
      const query = typeof expression === 'string' && expression.startsWith('SELECT')
      return total + (metric === undefined ? (query ? works.queried : 0) : 1)
    }, 0)
  return [
    fixed(
      'alarms',
      sum(all, ({ inputs }) => metricsOf(listOf(inputs['metricQueries'])) || 1),
      prices.alarm,
    ),
  ]
}

export const compositeAlarms: Rule = (all) => [fixed('composite alarms', all.length, prices.compositeAlarm)]

export const dashboards: Rule = (all) => [fixed('CloudWatch dashboard', all.length, prices.dashboard)]
