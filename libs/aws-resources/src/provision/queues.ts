import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type QueueAttributeName,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { queuePolicy } from '../declare/policies.ts'
import { NoSuchQueueError, queueUrl } from '../connect/queue-url.ts'
import type { ConsumedQueue, QueueResource } from '../declare/resources.ts'
import { samePolicy, type Outcome } from './outcome.ts'

/** Creates a queue, or sets the attributes of an existing one. */
export async function makeQueue(sqs: SQSClient, queue: QueueResource): Promise<Outcome> {
  const existing = await findQueue(sqs, queue.name)
  const attributes = {
    VisibilityTimeout: String(queue.visibilitySeconds),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    SqsManagedSseEnabled: String(queue.encryption === 'SQS'),
  }
  if (existing === undefined) {
    await sqs.send(new CreateQueueCommand({ QueueName: queue.name, Attributes: attributes }))
    return 'created'
  }
  return setIfDifferent(sqs, existing, attributes, (held, wanted) => held === wanted)
}

/** Sets the dead-letter queue of a queue. */
export async function linkDeadLetters(sqs: SQSClient, queue: ConsumedQueue): Promise<Outcome> {
  const { deadLetters, maxReceiveCount } = queue
  const deadLetterTargetArn = await arnOf(sqs, deadLetters.name)
  const redrive = JSON.stringify({ deadLetterTargetArn, maxReceiveCount })
  return setIfDifferent(sqs, await queueUrl(sqs, queue.name), { RedrivePolicy: redrive }, (held) => {
    const policy: unknown = held === undefined ? {} : JSON.parse(held)
    const [target, count] = ['deadLetterTargetArn', 'maxReceiveCount'].map((key): unknown =>
      Reflect.get(Object(policy), key),
    )
    return target === deadLetterTargetArn && Number(count) === maxReceiveCount
  })
}

/**
 * Sets the policy of a queue.
 *
 * @param notifying the bucket that notifies it of new objects
 */
export async function setQueuePolicy(
  sqs: SQSClient,
  queue: string,
  notifying: string | undefined,
  tls: boolean,
): Promise<Outcome> {
  const policy = queuePolicy(await arnOf(sqs, queue), notifying, tls)
  if (policy.Statement.length === 0) return 'unchanged'
  return setIfDifferent(sqs, await queueUrl(sqs, queue), { Policy: JSON.stringify(policy) }, (held) =>
    samePolicy(held, policy),
  )
}

/** The ARN of a queue. */
export async function arnOf(sqs: SQSClient, queue: string): Promise<string> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: await queueUrl(sqs, queue), AttributeNames: ['QueueArn'] }),
  )
  if (!Attributes?.QueueArn) throw new Error(`SQS returned no ARN for the queue ${queue}`)
  return Attributes.QueueArn
}

async function setIfDifferent(
  sqs: SQSClient,
  url: string,
  attributes: Partial<Record<QueueAttributeName, string>>,
  same: (held: string | undefined, wanted: string) => boolean,
): Promise<Outcome> {
  const { Attributes: held = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  )
  const different = Object.entries(attributes).filter(
    ([name, value]) => !same(Object.entries(held).find(([key]) => key === name)?.[1], value),
  )
  if (different.length === 0) return 'unchanged'
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: Object.fromEntries(different) }))
  return 'created'
}

async function findQueue(sqs: SQSClient, name: string): Promise<string | undefined> {
  try {
    return await queueUrl(sqs, name)
  } catch (error) {
    if (error instanceof NoSuchQueueError) return undefined
    throw error
  }
}
