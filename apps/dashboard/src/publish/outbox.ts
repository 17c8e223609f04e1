import { encodeMessage, type StarterMessage } from '@continuum/messages'
import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { markSent, lockUnsent } from '../store/requests.ts'

/** Sends a message to the workflow starter queue. */
export type SendToStarter = (body: string) => Promise<unknown>

/**
 * Sends the messages of all publication requests that are kept and not sent yet, oldest first.
 *
 * A request is marked as sent after its message was: a crash between the two sends it twice, which the bot takes as once.
 * Where the queue does not answer the rest stays for the next time.
 */
export async function sendRequests(sql: Sql, send: SendToStarter, logger: Logger): Promise<void> {
  try {
    while (await sendOne(sql, send)) continue
  } catch (error) {
    logger.error(
      { err: error },
      'publication requests wait: the workflow starter queue or the database does not answer',
    )
  }
}

async function sendOne(sql: Sql, send: SendToStarter): Promise<boolean> {
  return sql.begin(async (transaction) => {
    const [request] = await lockUnsent(transaction, 1)
    if (!request) return false
    await send(encodeMessage(request.message))
    await markSent(transaction, request.id)
    return true
  })
}

/** The message that asks the bot for a publication. The version has the type in which it was asked for. */
export function approvalMessage(data: {
  article_id: string
  version: string | number
  run: string
  publication_data: string
}): StarterMessage {
  return { workflow_name: 'ApproveArticlePublication', workflow_data: data }
}
