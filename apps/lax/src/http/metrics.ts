import { Counter } from 'prom-client'
import { addGauge, type Logger, type ServiceHealth, type Sql } from '@continuum/service'
import { outboxBacklog } from '../store/outbox.ts'

const slowMilliseconds = 250

/** Counts what the store does. */
export interface Metrics {
  /** Does something that asks the database, and logs it by its name where it takes longer than a quarter of a second. */
  readonly timed: <T>(name: string, work: () => Promise<T>) => Promise<T>
}

/** Adds slow work of the database and the outbox to the metrics of the service. */
export function countWork({ registry }: ServiceHealth, { sql, logger }: { sql: Sql; logger: Logger }): Metrics {
  const slow = new Counter({
    name: 'lax_slow_queries_total',
    help: `Work of the database that took over ${slowMilliseconds} ms.`,
    registers: [registry],
  })
  addGauge(registry, {
    name: 'lax_outbox_waiting',
    help: 'Notifications that are not sent yet.',
    read: async () => [{ value: (await outboxBacklog(sql)).waiting }],
  })
  addGauge(registry, {
    name: 'lax_outbox_oldest_seconds',
    help: 'Since the oldest of them was written.',
    read: async () => [{ value: (await outboxBacklog(sql)).oldestSeconds }],
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
