import type { DashboardMessage, UnidentifiedDelivery } from '@continuum/messages'
import type { Sql } from 'postgres'
import { refreshArticles } from '../project/article-rows.ts'
import { applyChanges } from '../store/apply-change.ts'
import { insertMessages, type Arrival } from '../store/messages.ts'
import { storable } from './parse-message.ts'

/**
 * Stores messages and refreshes the rows of their articles, each article once, in one transaction. A repeated message
 * changes nothing.
 */
export async function recordMessages(sql: Sql, arrivals: readonly Arrival[], previewBaseUrl: string): Promise<void> {
  await applyChanges(sql, async (transaction) => {
    const changed = new Set(await insertMessages(transaction, arrivals))
    await refreshArticles(
      transaction,
      [...changed].filter((article) => article !== null),
      previewBaseUrl,
    )
    return { result: undefined, changed }
  })
}

/**
 * Stores a message: see `recordMessages`.
 *
 * @param sent the time at which the queue accepted it, in unix milliseconds
 */
export async function recordMessage(
  sql: Sql,
  message: DashboardMessage,
  sent: number,
  previewBaseUrl: string,
): Promise<void> {
  await recordMessages(sql, [{ message, sent }], previewBaseUrl)
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
