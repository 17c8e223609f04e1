import type { UnidentifiedDelivery } from '@continuum/messages'
import type { ISql } from 'postgres'

/** A message or delivery that nothing could be made of, for a person to see to. */
export interface Unidentified extends UnidentifiedDelivery {
  received: string
}

/** Those that nobody has dismissed yet, newest first. */
export async function openUnidentified(sql: ISql): Promise<Unidentified[]> {
  const rows = await sql<{ received: Date; body: UnidentifiedDelivery }[]>`
    select received, body from message
    where kind = 'unidentified-delivery' and not exists (select from dismissal where message_id = message.message_id)
    order by sequence desc limit 100`
  return rows.map(({ received, body }) => ({ ...body, received: received.toISOString() }))
}

/** Somebody has seen to it: it leaves the list, and stays in the feed. */
export async function dismiss(sql: ISql, messageId: string, by: string): Promise<void> {
  await sql`
    insert into dismissal (message_id, dismissed_by)
    select message_id, ${by} from message where message_id = ${messageId} and kind = 'unidentified-delivery'
    on conflict do nothing`
}
