import { encodeMessage, type StarterMessage } from '@continuum/messages'
import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { changesChannel, type Change } from '../store/apply-change.ts'
import { markSent, lockUnsent } from '../store/requests.ts'

/** Sends a message to the workflow starter queue. */
export type SendToStarter = (body: string) => Promise<unknown>

/**
 * Sends the messages of all unsent requests, oldest first.
 *
 * A request is marked as sent after its message was sent: a crash in between sends it twice, and the bot ignores the
 * second one, which has the same `request`. If the queue is unavailable, the rest is sent next time.
 */
export async function sendRequests(sql: Sql, send: SendToStarter, logger: Logger): Promise<void> {
  try {
    while (await sendOne(sql, send)) continue
  } catch (error) {
    logger.error({ err: error }, 'workflow starter queue or database unavailable; requests will be sent later')
  }
}

async function sendOne(sql: Sql, send: SendToStarter): Promise<boolean> {
  return sql.begin(async (transaction) => {
    const [request] = await lockUnsent(transaction, 1)
    if (!request) return false
    await send(encodeMessage({ ...request.message, request: `${request.batch}-${request.id}` }))
    await markSent(transaction, request.id)
    // Pages show that it can no longer be taken back.
    const { article } = request
    if (request.held)
      await transaction`select pg_notify(${changesChannel}, ${JSON.stringify({ article } satisfies Change)})`
    return true
  })
}

/** Creates the message that tells the bot of a dismissal: the same package, delivered again, is run again. */
export function dismissalMessage(data: { article_id: string; version: number; run: string }): StarterMessage {
  return { workflow_name: 'DismissArticleRun', workflow_data: data }
}

/** Creates the message that requests a publication from the bot. The version keeps the type that the client sent. */
export function approvalMessage(data: {
  article_id: string
  version: string | number
  run: string
  publication_data: string
}): StarterMessage {
  return { workflow_name: 'ApproveArticlePublication', workflow_data: data }
}
