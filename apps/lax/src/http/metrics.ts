import type { App, Logger, Sql } from '@continuum/service'
import { outboxBacklog } from '../store/outbox.ts'
import { refuseAnonymous } from './errors.ts'

/** Upper bounds in seconds. */
const buckets = [0.005, 0.025, 0.1, 0.25, 1, 5]
const slowMilliseconds = 250

/** Counts what the store does; `GET /metrics` writes it. */
export interface Metrics {
  /** Does something that asks the database, and logs it by its name where it takes longer than a quarter of a second. */
  readonly timed: <T>(name: string, work: () => Promise<T>) => Promise<T>
}

/**
 * Counts requests by route and status with their durations, slow work of the database, and the outbox. `GET /metrics` writes them in
 * Prometheus' text format, for those with the token.
 */
export function addMetrics(app: App, { sql, logger }: { sql: Sql; logger: Logger }): Metrics {
  const requests = new Map<string, number>()
  const durations = { counts: buckets.map(() => 0), sum: 0, count: 0 }
  let slow = 0

  app.addHook('onResponse', async (request, reply) => {
    const labels = `method="${request.method}",route="${request.routeOptions.url ?? 'none'}",status="${reply.statusCode}"`
    requests.set(labels, (requests.get(labels) ?? 0) + 1)
    const seconds = reply.elapsedTime / 1000
    durations.sum += seconds
    durations.count++
    const bucket = buckets.findIndex((bound) => seconds <= bound)
    if (bucket >= 0) durations.counts[bucket] = (durations.counts[bucket] ?? 0) + 1
  })
  app.get('/metrics', { logLevel: 'silent', schema: { hide: true }, onRequest: refuseAnonymous }, async (_, reply) => {
    const { waiting, oldestSeconds } = await outboxBacklog(sql)
    let below = 0
    const cumulative = buckets.map((bound, index) => {
      below += durations.counts[index] ?? 0
      return `lax_request_duration_seconds_bucket{le="${bound}"} ${below}`
    })
    const lines = [
      ...describe('lax_requests_total', 'counter', 'Requests by method, route and status.'),
      ...Array.from(requests, ([labels, count]) => `lax_requests_total{${labels}} ${count}`),
      ...describe('lax_request_duration_seconds', 'histogram', 'From the request to the end of its answer.'),
      ...cumulative,
      `lax_request_duration_seconds_bucket{le="+Inf"} ${durations.count}`,
      `lax_request_duration_seconds_sum ${durations.sum}`,
      `lax_request_duration_seconds_count ${durations.count}`,
      ...describe('lax_slow_queries_total', 'counter', `Work of the database that took over ${slowMilliseconds} ms.`),
      `lax_slow_queries_total ${slow}`,
      ...describe('lax_outbox_waiting', 'gauge', 'Notifications that are not sent yet.'),
      `lax_outbox_waiting ${waiting}`,
      ...describe('lax_outbox_oldest_seconds', 'gauge', 'Since the oldest of them was written.'),
      `lax_outbox_oldest_seconds ${oldestSeconds}`,
    ]
    return reply
      .header('cache-control', 'no-store')
      .type('text/plain; version=0.0.4')
      .send(`${lines.join('\n')}\n`)
  })

  return {
    timed: async (name, work) => {
      const began = performance.now()
      try {
        return await work()
      } finally {
        const ms = Math.round(performance.now() - began)
        if (ms > slowMilliseconds) {
          slow++
          logger.warn({ query: name, ms }, 'slow query')
        }
      }
    },
  }
}

function describe(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}
