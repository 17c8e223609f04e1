import { moveIfDead } from './dead-letters.ts'
import { SqsError } from '../model/errors.ts'
import { integer, texts, type Input } from '../model/input.ts'
import { md5, md5OfAttributes, type MessageAttributes } from '../model/message-attributes.ts'
import type { Message } from '../store/message-store.ts'
import { isFifo, setting, type Queue } from '../model/queue.ts'
import { formatReceiptHandle } from '../model/receipt-handle.ts'
import { expire } from './retention.ts'
import { sequenceNumber } from './send.ts'
import { queueOf, type Operation, type Sqs } from './sqs.ts'

/** Delivers up to ten messages; if there are none, waits up to WaitTimeSeconds for the first. */
export const receiveMessage: Operation = async (sqs, input, gone) => {
  const queue = queueOf(sqs, input)
  const limit = integer(input, 'MaxNumberOfMessages', 1, 10) ?? 1
  const visibility = integer(input, 'VisibilityTimeout', 0, 43_200)
  const wait = integer(input, 'WaitTimeSeconds', 0, 20) ?? setting(queue, 'ReceiveMessageWaitTimeSeconds')
  const shown = parseShown(input)
  const deadline = sqs.context.clock.now() + wait * 1000
  for (;;) {
    const current = sqs.queues.named(queue.name)
    if (current?.id !== queue.id || gone.aborted) return {}
    const taken = sqs.context.transaction(() => take(sqs, current, limit, visibility))
    if (taken.length > 0) return { Messages: taken.map((message) => present(current, message, shown)) }
    const now = sqs.context.clock.now()
    if (now >= deadline) return {}
    const due = Math.min(deadline, sqs.messages.nextVisible(queue.id, now) ?? deadline)
    await sqs.longPolls.wait(queue.id, due, gone)
  }
}

/** Makes up to `limit` messages invisible and returns them; messages received too often move to the dead-letter queue instead. */
function take(sqs: Sqs, queue: Queue, limit: number, visibility: number | undefined): Message[] {
  expire(sqs, queue)
  const now = sqs.context.clock.now()
  const hidden = now + (visibility ?? setting(queue, 'VisibilityTimeout')) * 1000
  const find = isFifo(queue) ? sqs.messages.visibleInGroups : sqs.messages.visible
  for (;;) {
    const found = find(queue.id, now, limit)
    const alive = found.filter((message) => !moveIfDead(sqs, queue, message, now))
    if (alive.length === 0 && found.length > 0) continue
    for (const message of alive) {
      sqs.messages.received(message.id, now, hidden)
      // FIFO queues guarantee that this does not happen.
      if (message.receives === 0 && !isFifo(queue) && sqs.duplicates()) sqs.messages.double(message.id, now)
    }
    return alive.map((it) => ({ ...it, receives: it.receives + 1, firstReceived: it.firstReceived ?? now }))
  }
}

/** The attributes that the client asks for. */
interface Shown {
  readonly system: (name: string) => boolean
  readonly own: (name: string) => boolean
}

const systemAttributes = new Set([
  'All',
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'SequenceNumber',
  'MessageDeduplicationId',
  'MessageGroupId',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
])

// `prefix.*` matches every name with that prefix.
const matches = (asked: string, name: string): boolean =>
  asked === name || (asked.endsWith('.*') && name.startsWith(asked.slice(0, -1)))

function parseShown(input: Input): Shown {
  const system = [...texts(input, 'AttributeNames'), ...texts(input, 'MessageSystemAttributeNames')]
  const unknown = system.find((name) => !systemAttributes.has(name))
  if (unknown !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`)
  const own = texts(input, 'MessageAttributeNames')
  const all = own.some((name) => name === 'All' || name === '.*')
  return {
    system: (name) => system.includes('All') || system.includes(name),
    own: (name) => all || own.some((asked) => matches(asked, name)),
  }
}

function present(queue: Queue, message: Message, shown: Shown) {
  const own: MessageAttributes = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => shown.own(name)),
  )
  const system = Object.entries(systemAttributesOf(queue, message)).filter(
    ([name, value]) => value !== undefined && shown.system(name),
  )
  return {
    MessageId: message.messageId,
    ReceiptHandle: formatReceiptHandle({ queue: queue.id, message: message.id, receive: message.receives }),
    MD5OfBody: md5(message.body),
    Body: message.body,
    Attributes: system.length > 0 ? Object.fromEntries(system) : undefined,
    MD5OfMessageAttributes: md5OfAttributes(own),
    MessageAttributes: Object.keys(own).length > 0 ? own : undefined,
  }
}

function systemAttributesOf(queue: Queue, message: Message): Record<string, string | undefined> {
  return {
    SenderId: message.sender,
    SentTimestamp: String(message.sent),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceived),
    SequenceNumber: isFifo(queue) ? sequenceNumber(message.id) : undefined,
    MessageDeduplicationId: message.deduplication,
    MessageGroupId: message.group,
    AWSTraceHeader: message.trace,
    DeadLetterQueueSourceArn: message.deadFrom,
  }
}
