import type { Queries } from './queries.ts'

/** Writes how the deposits stand as Prometheus text: by recipient and state, and the age of the oldest that is due. */
export async function depositMetrics(sql: Queries): Promise<string> {
  const counts = await sql<{ recipient: string; state: string; count: number }[]>`
    select recipient, state, count(*)::int as count from deposit group by recipient, state order by recipient, state`
  const late = await sql<{ recipient: string; seconds: number }[]>`
    select recipient, extract(epoch from now() - min(greatest(due, planned_at)))::float8 as seconds
    from deposit where state in ('planned', 'waiting', 'sending') and due < now() group by recipient order by recipient`
  return [
    '# HELP continuum_deposits Deposits by recipient and state.',
    '# TYPE continuum_deposits gauge',
    ...counts.map(
      ({ recipient, state, count }) => `continuum_deposits{recipient="${recipient}",state="${state}"} ${count}`,
    ),
    '# HELP continuum_deposits_oldest_due_seconds Age of the oldest deposit that is due and not sent.',
    '# TYPE continuum_deposits_oldest_due_seconds gauge',
    ...late.map(
      ({ recipient, seconds }) =>
        `continuum_deposits_oldest_due_seconds{recipient="${recipient}"} ${seconds.toFixed(1)}`,
    ),
    '',
  ].join('\n')
}
