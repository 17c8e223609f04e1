import { addGauge, type ServiceHealth } from '@continuum/service'
import type { Queries } from './queries.ts'

/** Adds how the deposits stand to the metrics of the service: by recipient and state, and the age of the oldest that is due. */
export function countDeposits({ registry }: ServiceHealth, sql: Queries): void {
  addGauge(registry, {
    name: 'continuum_deposits',
    help: 'Deposits by recipient and state.',
    labels: ['recipient', 'state'],
    read: async () => {
      const counts = await sql<{ recipient: string; state: string; count: number }[]>`
        select recipient, state, count(*)::int as count from deposit group by recipient, state order by recipient, state`
      return counts.map(({ recipient, state, count }) => ({ labels: { recipient, state }, value: count }))
    },
  })
  addGauge(registry, {
    name: 'continuum_deposits_oldest_due_seconds',
    help: 'Age of the oldest deposit that is due and not sent.',
    labels: ['recipient'],
    read: async () => {
      const late = await sql<{ recipient: string; seconds: number }[]>`
        select recipient, extract(epoch from now() - min(greatest(due, planned_at)))::float8 as seconds
        from deposit where state in ('planned', 'waiting', 'sending') and due < now() group by recipient order by recipient`
      return late.map(({ recipient, seconds }) => ({ labels: { recipient }, value: seconds }))
    },
  })
}
