import { createHash, randomUUID } from 'node:crypto'
import { inBatch } from './batch.ts'
import { invalidValue, SqsError } from '../model/errors.ts'
import { integer, requiredText, structureMap, text, type Input, type Reply } from '../model/input.ts'
import {
  attributesSize,
  md5,
  md5OfAttributes,
  parseMessageAttributes,
  type MessageAttributes,
} from '../model/message-attributes.ts'
import { isFifo, setting, type Queue } from '../model/queue.ts'
import { allowsSending, type Sender } from '../model/queue-policy.ts'
import { queueOf, type Operation, type Sqs } from './sqs.ts'

/** A checked message to send. `delay` is in seconds. */
interface Draft {
  readonly body: string
  readonly attributes: MessageAttributes
  readonly system: MessageAttributes
  readonly delay: number
  readonly group: string | undefined
  readonly deduplication: string | undefined
}

// The characters of XML 1.0, all that the oldest protocol of SQS can carry.
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

function parseDraft(queue: Queue, input: Input): Draft {
  const body = requiredText(input, 'MessageBody')
  if (forbidden.test(body))
    throw new SqsError(
      'InvalidMessageContents',
      'Invalid characters found: a message may only contain characters that XML 1.0 allows.',
    )
  const attributes = parseMessageAttributes(structureMap(input, 'MessageAttributes'))
  const system = parseMessageAttributes(structureMap(input, 'MessageSystemAttributes'))
  const unknown = Object.keys(system).find((name) => name !== 'AWSTraceHeader')
  if (unknown !== undefined)
    throw new SqsError('InvalidParameterValueException', `Message system attribute name '${unknown}' is invalid.`)
  const size = Buffer.byteLength(body) + attributesSize(attributes)
  const limit = setting(queue, 'MaximumMessageSize')
  if (size > limit)
    throw new SqsError(
      'InvalidParameterValueException',
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    )
  const given = integer(input, 'DelaySeconds', 0, 900)
  const draft = { body, attributes, system, delay: given ?? setting(queue, 'DelaySeconds') }
  const group = text(input, 'MessageGroupId')
  return isFifo(queue)
    ? { ...draft, ...parseOrdering(queue, input, body, given) }
    : { ...draft, group, deduplication: undefined }
}

const identifier = /^[\x21-\x7e]{1,128}$/

function parseOrdering(queue: Queue, input: Input, body: string, delay: number | undefined) {
  if (delay !== undefined && delay !== 0)
    throw invalidValue(delay, 'DelaySeconds', 'The request include parameter that is not valid for this queue type.')
  const group = requiredText(input, 'MessageGroupId')
  const given = text(input, 'MessageDeduplicationId')
  const byContent = queue.attributes['ContentBasedDeduplication'] === 'true'
  if (given === undefined && !byContent)
    throw new SqsError(
      'InvalidParameterValueException',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    )
  const deduplication = given ?? createHash('sha256').update(body).digest('hex')
  for (const [name, value] of Object.entries({ MessageGroupId: group, MessageDeduplicationId: deduplication }))
    if (!identifier.test(value))
      throw invalidValue(
        value,
        name,
        'It can only include alphanumeric and punctuation characters. 1 to 128 in length.',
      )
  return { group, deduplication }
}

/**
 * Stores a message and returns the reply. A duplicate within the five-minute deduplication interval of a FIFO queue gets the
 * earlier reply and is not stored.
 */
function accept(sqs: Sqs, queue: Queue, draft: Draft): Reply {
  const now = sqs.context.clock.now()
  const fifo = isFifo(queue)
  const scope = queue.attributes['DeduplicationScope'] === 'messageGroup' ? (draft.group ?? '') : ''
  const { deduplication } = draft
  const earlier = deduplication === undefined ? undefined : sqs.deduplications.find(queue.id, scope, deduplication, now)
  const accepted = earlier ?? keep(sqs, queue, draft, now)
  if (!earlier && deduplication !== undefined) sqs.deduplications.keep(queue.id, scope, deduplication, accepted, now)
  sqs.longPolls.wake(queue.id)
  return {
    MessageId: accepted.messageId,
    MD5OfMessageBody: md5(draft.body),
    MD5OfMessageAttributes: md5OfAttributes(draft.attributes),
    MD5OfMessageSystemAttributes: md5OfAttributes(draft.system),
    SequenceNumber: fifo ? sequenceNumber(accepted.message) : undefined,
  }
}

function keep(sqs: Sqs, queue: Queue, draft: Draft, now: number) {
  const { body, attributes, group, deduplication } = draft
  const messageId = randomUUID()
  const message = sqs.messages.insert(queue.id, {
    messageId,
    body,
    attributes,
    group,
    deduplication,
    sender: sqs.context.account,
    trace: draft.system['AWSTraceHeader']?.StringValue,
    sent: now,
    visibleAt: now + draft.delay * 1000,
  })
  return { message, messageId }
}

/** A sequence number: twenty digits that increase with each message. */
export const sequenceNumber = (message: number): string => `188${String(message).padStart(17, '0')}`

export const sendMessage: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  const draft = parseDraft(queue, input)
  return sqs.context.transaction(() => accept(sqs, queue, draft))
}

const batchLimit = 1_048_576

const bodySize = (entry: Input): number => Buffer.byteLength(text(entry, 'MessageBody') ?? '')

export const sendMessageBatch: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  return inBatch(
    sqs,
    input,
    (entry) => accept(sqs, queue, parseDraft(queue, entry)),
    (entries) => {
      const total = entries.reduce((sum, entry) => sum + bodySize(entry), 0)
      if (total > batchLimit)
        throw new SqsError(
          'BatchRequestTooLong',
          `Batch requests cannot be longer than ${batchLimit} bytes. You have sent ${total} bytes.`,
        )
    },
  )
}

/**
 * Result of sending for another service: `refused` if the queue does not exist or does not accept the message (FIFO, size limit),
 * `not allowed` by its policy.
 */
export type Delivery = 'delivered' | 'refused' | 'not allowed'

/** Sends `body` to a queue for another AWS service, if the queue's policy allows it. */
export function deliver(sqs: Sqs, queue: Queue | undefined, body: string, sender: Sender): Delivery {
  if (!queue) return 'refused'
  if (!allowsSending(queue.attributes['Policy'], queue.arn, sender)) return 'not allowed'
  try {
    sqs.context.transaction(() => accept(sqs, queue, parseDraft(queue, { MessageBody: body })))
    return 'delivered'
  } catch (error) {
    if (error instanceof SqsError) return 'refused'
    throw error
  }
}
