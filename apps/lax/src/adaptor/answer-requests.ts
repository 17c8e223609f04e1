import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { Handled, ReceivedMessage } from '@continuum/aws-resources'
import {
  encodeLaxReply,
  encodeMessage,
  readLaxRequest,
  reasonAttribute,
  replyAddress,
  unidentifiedDelivery,
  UnreadableMessageError,
  type LaxReply,
  type LaxRequest,
} from '@continuum/messages'
import type { Logger } from '@continuum/service'
import { formatInstant } from '../rules/instants.ts'
import { keepReply, keptReply } from '../store/kept-replies.ts'
import type { RequestCounts } from './counts.ts'
import { DownloadError } from './locations.ts'
import { downloadFailed, perform, replyTo, type AdaptorContext } from './perform.ts'

/** The dependencies of the handler of messages. */
export interface Answering extends AdaptorContext {
  readonly sqs: SQSClient
  /** The name of the queue of requests, for the dashboard. */
  readonly queue: string
  readonly urls: { readonly replies: string; readonly deadLetters: string; readonly events: string }
  readonly counts: RequestCounts
  readonly logger: Logger
}

/** After the fifth receive SQS itself would put the message on the dead-letter queue, without a reply. */
const lastReceive = 5
const firstRetrySeconds = 10

/**
 * Creates the handler of requests. A message is done when its reply is on the queue; one that cannot be read goes to the
 * dead-letter queue and, where it has a token, is replied to as well. A message that is received again after its change was
 * made is replied to as it would have been, and changes nothing.
 */
export function requestHandler(answering: Answering): (message: ReceivedMessage) => Promise<Handled> {
  const { sql, counts, logger, now } = answering

  const answer = async (message: ReceivedMessage, reply: LaxReply, code?: string): Promise<Handled> => {
    const body = encodeLaxReply(reply)
    const { status, 'requested-action': action = 'unreadable', id } = reply
    if (body !== undefined) await sendReply(answering, body, code)
    counts.replied(action, body === undefined ? 'none' : status)
    const about = { messageId: message.messageId, id, action, status, code, reason: reply.message }
    if (body !== undefined) logger.info(about, 'a request is replied to')
    else logger.error(about, 'a reply would be too long: the token leaves no room for it')
    return 'done'
  }

  const handle = async (message: ReceivedMessage, request: LaxRequest): Promise<Handled> => {
    const { messageId, receiveCount } = message
    try {
      const kept = await keptReply(sql, messageId)
      if (kept !== undefined) {
        await sendReply(answering, kept)
        counts.replied(request.action, 'repeated')
        logger.info({ messageId, id: request.id }, 'a request was received again; its reply is sent again')
        return 'done'
      }
      const { reply, code } = await perform(request, answering, async (tx, made) => {
        const body = encodeLaxReply(made)
        if (body !== undefined) await keepReply(tx, messageId, { body, at: now() })
      })
      return await answer(message, reply, code)
    } catch (error) {
      const isLast = receiveCount >= lastReceive
      if (error instanceof DownloadError) {
        if (isLast) return answer(message, replyTo(request, 'error', now(), downloadFailed(request, error)))
        logger.warn(
          { messageId, location: request.location, reason: error.message },
          'a location cannot be read; retrying',
        )
        return { retryAfter: firstRetrySeconds * 2 ** receiveCount }
      }
      if (!isLast) throw error
      const reason = `lax failed attempting to handle our request: ${error instanceof Error ? error.message : String(error)}`
      logger.error({ err: error, messageId }, 'a request fails again and again; it is sent to the dead-letter queue')
      await sendToDeadLetters(answering, message, reason)
      return answer(message, replyTo(request, 'error', now(), reason))
    }
  }

  return async (message) => {
    let request: LaxRequest
    try {
      request = readLaxRequest(message.body)
    } catch (error) {
      if (!(error instanceof UnreadableMessageError)) throw error
      await sendToDeadLetters(answering, message, error.message)
      const address = replyAddress(message.body)
      logger.warn(
        { messageId: message.messageId, reason: error.message },
        'an unreadable request was sent to the dead-letter queue',
      )
      if (address)
        return answer(message, { ...address, status: 'error', datetime: formatInstant(now()), message: error.message })
      counts.replied('unreadable', 'none')
      return 'done'
    }
    return handle(message, request)
  }
}

async function sendReply({ sqs, urls }: Answering, body: string, code?: string): Promise<void> {
  // Readers of the original's replies allow no further keys, so the code is beside the body, where it has room.
  const hasRoom = Buffer.byteLength(body) < 260_000
  const MessageAttributes = code && hasRoom ? { code: { DataType: 'String', StringValue: code } } : undefined
  await sqs.send(new SendMessageCommand({ QueueUrl: urls.replies, MessageBody: body, MessageAttributes }))
}

async function sendToDeadLetters(
  { sqs, urls, queue }: Answering,
  { body: raw, messageId }: ReceivedMessage,
  reason: string,
): Promise<void> {
  const letter = { raw, reason, messageId }
  const told = encodeMessage(unidentifiedDelivery(letter, queue))
  await sqs.send(new SendMessageCommand({ QueueUrl: urls.events, MessageBody: told }))
  const hasRoom = Buffer.byteLength(raw) < 260_000
  const MessageAttributes = hasRoom ? { reason: reasonAttribute(letter) } : undefined
  await sqs.send(new SendMessageCommand({ QueueUrl: urls.deadLetters, MessageBody: raw, MessageAttributes }))
}
