import { Gauge, Registry } from 'prom-client'
import type { Queries } from './queries.ts'

/** Writes how the deposits stand as Prometheus text: by recipient and state, and the age of the oldest that is due. */
export async function depositMetrics(sql: Queries): Promise<string> {
  const registry = new Registry()
  const deposits = new Gauge({
    name: 'continuum_deposits',
    help: 'Deposits by recipient and state.',
    labelNames: ['recipient', 'state'],
    registers: [registry],
  })
  const oldestDue = new Gauge({
    name: 'continuum_deposits_oldest_due_seconds',
    help: 'Age of the oldest deposit that is due and not sent.',
    labelNames: ['recipient'],
    registers: [registry],
  })
  const counts = await sql<{ recipient: string; state: string; count: number }[]>`
    select recipient, state, count(*)::int as count from deposit group by recipient, state order by recipient, state`
  for (const { recipient, state, count } of counts) deposits.set({ recipient, state }, count)
  const late = await sql<{ recipient: string; seconds: number }[]>`
    select recipient, extract(epoch from now() - min(greatest(due, planned_at)))::float8 as seconds
    from deposit where state in ('planned', 'waiting', 'sending') and due < now() group by recipient order by recipient`
  for (const { recipient, seconds } of late) oldestDue.set({ recipient }, seconds)
  return registry.metrics()
}
