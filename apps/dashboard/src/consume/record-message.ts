import type { DashboardMessage, UnidentifiedDelivery } from '@continuum/messages'
import type { Sql } from 'postgres'
import { refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { insertMessage } from '../store/messages.ts'
import { storable } from './parse-message.ts'

/**
 * Stores a message and refreshes the rows of its article, in one transaction. A repeated message changes nothing.
 *
 * @param sent the time at which the queue accepted it, in unix milliseconds
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

/** Creates the unidentified delivery of a message, with its text and the reason; repeats of the message have the same id. */
export function unidentifiedDelivery(
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
