import type { DashboardMessage, UnidentifiedDelivery } from '@continuum/messages'
import type { Sql } from 'postgres'
import { refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { insertMessage } from '../store/messages.ts'
import { storable } from './parse-message.ts'

/**
 * Takes one message in: keeps it and brings its article's row up to date, in one transaction. One that was taken in
 * before changes nothing.
 *
 * @param sent when the queue took it, in unix milliseconds
 */
export async function recordMessage(
  sql: Sql,
  message: DashboardMessage,
  sent: number,
  previewBaseUrl: string,
): Promise<void> {
  const article = message.message_type === 'unidentified-delivery' ? null : message.item_identifier
  await applyChange(sql, article, async (transaction) => {
    const sequence = await insertMessage(transaction, message, sent)
    if (sequence !== undefined && article !== null) await refreshArticle(transaction, article, previewBaseUrl)
  })
}

/** What is kept of a message that cannot be taken in: its text, and why. The same message makes the same delivery. */
export function unidentified(
  message: { id: string; source: string; body: string },
  reason: string,
): UnidentifiedDelivery {
  return storable({
    message_type: 'unidentified-delivery',
    source: message.source,
    reason,
    raw: message.body,
    message_id: `${message.source}:${message.id}`,
  })
}
