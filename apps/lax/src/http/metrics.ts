import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { App, Logger, Sql } from '@continuum/service'
import { outboxBacklog } from '../store/outbox.ts'
import { refuseAnonymous } from './errors.ts'

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
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'lax_requests_total',
    help: 'Requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'lax_request_duration_seconds',
    help: 'From the request to the end of its answer.',
    buckets: [0.005, 0.025, 0.1, 0.25, 1, 5],
    registers,
  })
  const slow = new Counter({
    name: 'lax_slow_queries_total',
    help: `Work of the database that took over ${slowMilliseconds} ms.`,
    registers,
  })
  const waiting = new Gauge({ name: 'lax_outbox_waiting', help: 'Notifications that are not sent yet.', registers })
  const oldest = new Gauge({
    name: 'lax_outbox_oldest_seconds',
    help: 'Since the oldest of them was written.',
    registers,
  })

  app.addHook('onResponse', async (request, reply) => {
    requests.inc({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: String(reply.statusCode),
    })
    durations.observe(reply.elapsedTime / 1000)
  })
  app.get('/metrics', { logLevel: 'silent', schema: { hide: true }, onRequest: refuseAnonymous }, async (_, reply) => {
    const backlog = await outboxBacklog(sql)
    waiting.set(backlog.waiting)
    oldest.set(backlog.oldestSeconds)
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  })

  return {
    timed: async (name, work) => {
      const began = performance.now()
      try {
        return await work()
      } finally {
        const ms = Math.round(performance.now() - began)
        if (ms > slowMilliseconds) {
          slow.inc()
          logger.warn({ query: name, ms }, 'slow query')
        }
      }
    },
  }
}
