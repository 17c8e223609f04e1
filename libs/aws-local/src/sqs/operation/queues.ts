import { SqsError } from '../model/errors.ts'
import { integer, requiredText, text, textMap } from '../model/input.ts'
import { checkQueueAttributes, sameAttribute } from '../model/queue-attributes.ts'
import { checkDeadLetterTarget } from './dead-letters.ts'
import { checkQueueName, defaultSettings, type Queue } from '../model/queue.ts'
import { queueNamed, queueOf, urlOf, type Operation } from './sqs.ts'
import { checkTags } from './tags.ts'

/** Creates a queue. Creating it again with the same attributes returns its URL. */
export const createQueue: Operation = (sqs, input) => {
  const name = requiredText(input, 'QueueName')
  const given = textMap(input, 'Attributes')
  const tags = textMap(input, 'tags')
  const fifo = given['FifoQueue'] === 'true'
  checkQueueName(name, fifo)
  checkQueueAttributes(given, fifo)
  checkTags(tags)
  const attributes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  sqs.context.transaction(() => {
    const existing = sqs.queues.named(name)
    if (existing) return checkSame(existing, given)
    checkDeadLetterTarget(sqs, name, attributes['RedrivePolicy'])
    sqs.queues.insert(name, attributes, tags, sqs.context.clock.now())
  })
  return { QueueUrl: urlOf(sqs, name) }
}

function checkSame(existing: Queue, given: Readonly<Record<string, string>>): void {
  const has: Readonly<Record<string, string>> = { ...defaultSettings, ...existing.attributes }
  const different = Object.entries(given).find(([name, value]) => !sameAttribute(name, has[name] ?? '', value))
  if (different)
    throw new SqsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${different[0]}`,
    )
}

export const deleteQueue: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  sqs.context.transaction(() => {
    sqs.messages.removeAll(queue.id)
    sqs.deduplications.removeAll(queue.id)
    sqs.queues.remove(queue)
  })
  sqs.longPolls.wake(queue.id)
  return {}
}

export const getQueueUrl: Operation = (sqs, input) => {
  const account = text(input, 'QueueOwnerAWSAccountId') ?? sqs.context.account
  const { name } = queueNamed(sqs, requiredText(input, 'QueueName'), account)
  return { QueueUrl: urlOf(sqs, name) }
}

/** Lists queues by name, A to Z. As on AWS, pages only when MaxResults is given, and returns at most 1,000. */
export const listQueues: Operation = (sqs, input) => {
  const prefix = text(input, 'QueueNamePrefix') ?? ''
  const after = text(input, 'NextToken') ?? ''
  const pageSize = integer(input, 'MaxResults', 1, 1000)
  const names = sqs.queues.all().map((queue) => queue.name)
  const rest = names.filter((name) => name.startsWith(prefix) && name > Buffer.from(after, 'base64').toString())
  const page = rest.slice(0, pageSize ?? 1000)
  const last = page.at(-1)
  return {
    QueueUrls: page.length > 0 ? page.map((name) => urlOf(sqs, name)) : undefined,
    NextToken:
      pageSize !== undefined && last !== undefined && rest.length > page.length
        ? Buffer.from(last).toString('base64')
        : undefined,
  }
}

const purgeIntervalMs = 60_000

export const purgeQueue: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  const now = sqs.context.clock.now()
  if (now < queue.purged + purgeIntervalMs)
    throw new SqsError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
    )
  sqs.context.transaction(() => {
    sqs.messages.removeAll(queue.id)
    sqs.queues.setPurged(queue, now)
  })
  sqs.longPolls.wake(queue.id)
  return {}
}
