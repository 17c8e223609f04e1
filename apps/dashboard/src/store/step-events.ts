import type { Event } from '@continuum/messages'
import type { ISql } from 'postgres'
import type { Received } from '../derive/history/model.ts'

/** The most events that are looked at: those of about a thousand runs. */
const maxEvents = 20_000

/** Selects the newest events since an instant; `cut` says that there are more. */
export async function newestStepEvents(
  sql: ISql,
  since: Temporal.Instant,
): Promise<{ received: Received<Event>[]; cut: boolean }> {
  const received = await sql<Received<Event>[]>`
    select (extract(epoch from sent) * 1000)::float8 as sent, body as message from message
    where kind = 'event' and sent >= ${new Date(since.epochMilliseconds)}
    order by sent desc limit ${maxEvents}`
  return { received, cut: received.length === maxEvents }
}
