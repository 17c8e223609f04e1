import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type QueueAttributeName,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { notificationPolicy } from '../declare/policies.ts'
import { NoSuchQueue, queueUrl } from '../connect/queue-url.ts'
import type { ConsumedQueue, QueueResource } from '../declare/resources.ts'
import { samePolicy, type Outcome } from './outcome.ts'

/** Makes a queue; one that was there with other values is given these. */
export async function makeQueue(sqs: SQSClient, queue: QueueResource): Promise<Outcome> {
  const existing = await findQueue(sqs, queue.name)
  const attributes = {
    VisibilityTimeout: String(queue.visibilitySeconds),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    SqsManagedSseEnabled: String(queue.encryption === 'SQS'),
  }
  if (existing === undefined) {
    await sqs.send(new CreateQueueCommand({ QueueName: queue.name, Attributes: attributes }))
    return 'made'
  }
  return setWhereDifferent(sqs, existing, attributes, (held, wanted) => held === wanted)
}

/** Says where the messages go that nobody could handle. */
export async function linkDeadLetters(sqs: SQSClient, queue: ConsumedQueue): Promise<Outcome> {
  const { deadLetters, maxReceiveCount } = queue
  const deadLetterTargetArn = await arnOf(sqs, deadLetters.name)
  const redrive = JSON.stringify({ deadLetterTargetArn, maxReceiveCount })
  return setWhereDifferent(sqs, await queueUrl(sqs, queue.name), { RedrivePolicy: redrive }, (held) => {
    const policy: unknown = held === undefined ? {} : JSON.parse(held)
    const [target, count] = ['deadLetterTargetArn', 'maxReceiveCount'].map((key): unknown =>
      Reflect.get(Object(policy), key),
    )
    return target === deadLetterTargetArn && Number(count) === maxReceiveCount
  })
}

/** Lets the bucket send to the queue. */
export async function admitNotifications(sqs: SQSClient, queue: string, bucket: string): Promise<Outcome> {
  const policy = notificationPolicy(await arnOf(sqs, queue), bucket)
  return setWhereDifferent(sqs, await queueUrl(sqs, queue), { Policy: JSON.stringify(policy) }, (held) =>
    samePolicy(held, policy),
  )
}

/** The name by which other services know the queue. */
export async function arnOf(sqs: SQSClient, queue: string): Promise<string> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: await queueUrl(sqs, queue), AttributeNames: ['QueueArn'] }),
  )
  if (!Attributes?.QueueArn) throw new Error(`SQS does not say the ARN of the queue ${queue}`)
  return Attributes.QueueArn
}

async function setWhereDifferent(
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
  if (different.length === 0) return 'was there'
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: Object.fromEntries(different) }))
  return 'made'
}

async function findQueue(sqs: SQSClient, name: string): Promise<string | undefined> {
  try {
    return await queueUrl(sqs, name)
  } catch (error) {
    if (error instanceof NoSuchQueue) return undefined
    throw error
  }
}
