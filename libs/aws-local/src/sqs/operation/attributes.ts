import { checkDeadLetterTarget } from './dead-letters.ts'
import { SqsError } from '../model/errors.ts'
import { textMap, texts } from '../model/input.ts'
import { expire } from './retention.ts'
import { checkQueueAttributes, knownAttributes } from '../model/queue-attributes.ts'
import { defaultSettings, isFifo, type Queue } from '../model/queue.ts'
import { queueOf, type Operation, type Sqs } from './sqs.ts'

const seconds = (instant: number) => String(Math.floor(instant / 1000))

function allAttributes(sqs: Sqs, queue: Queue): Record<string, string> {
  const counts = sqs.messages.counts(queue.id, sqs.context.clock.now())
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: seconds(queue.created),
    LastModifiedTimestamp: seconds(queue.modified),
    ...defaultSettings,
    ...(isFifo(queue) && {
      FifoQueue: 'true',
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    }),
    SqsManagedSseEnabled: 'true',
    ...queue.attributes,
  }
}

export const getQueueAttributes: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  const names = texts(input, 'AttributeNames')
  const unknown = names.find((name) => !knownAttributes.has(name))
  if (unknown !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`)
  sqs.context.transaction(() => expire(sqs, queue))
  const all = allAttributes(sqs, queue)
  const wanted = names.includes('All')
    ? Object.entries(all)
    : Object.entries(all).filter(([name]) => names.includes(name))
  return wanted.length > 0 ? { Attributes: Object.fromEntries(wanted) } : {}
}

/** Sets attributes; an empty policy removes that attribute. */
export const setQueueAttributes: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  const given = textMap(input, 'Attributes')
  checkQueueAttributes(given, isFifo(queue))
  sqs.context.transaction(() => {
    checkDeadLetterTarget(sqs, queue.name, given['RedrivePolicy'])
    const merged = Object.entries({ ...queue.attributes, ...given }).filter(([, value]) => value !== '')
    sqs.queues.setAttributes(queue, Object.fromEntries(merged), sqs.context.clock.now())
  })
  sqs.longPolls.wake(queue.id)
  return {}
}
