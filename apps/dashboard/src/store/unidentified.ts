import type { UnidentifiedDelivery } from '@continuum/messages'
import type { ISql } from 'postgres'

/** A message or delivery that could not be identified, for a person to handle. */
export interface Unidentified extends UnidentifiedDelivery {
  received: string
}

/** Selects the latest 100 that are not dismissed, newest first. */
export async function openUnidentified(sql: ISql): Promise<Unidentified[]> {
  const rows = await sql<{ received: Date; body: UnidentifiedDelivery }[]>`
    select received, body from message
    where kind = 'unidentified-delivery' and not exists (select from dismissal where message_id = message.message_id)
    order by sequence desc limit 100`
  return rows.map(({ received, body }) => ({ ...body, received: received.toISOString() }))
}

/** Dismisses an unidentified delivery: it leaves the list and stays in the feed. */
export async function dismissUnidentified(sql: ISql, messageId: string, by: string): Promise<void> {
  await sql`
    insert into dismissal (message_id, dismissed_by)
    select message_id, ${by} from message where message_id = ${messageId} and kind = 'unidentified-delivery'
    on conflict do nothing`
}
