import { GetQueueUrlCommand, QueueDoesNotExist, type SQSClient } from '@aws-sdk/client-sqs'

/** Thrown when an environment has no queue of this name: it was not provisioned, or the name is wrong. Not retried. */
export class NoSuchQueue extends Error {
  override readonly name = 'NoSuchQueue'
  readonly retry = false
}

/**
 * The address by which SQS knows a queue.
 *
 * @throws NoSuchQueue
 */
export async function queueUrl(sqs: SQSClient, name: string): Promise<string> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }))
    if (QueueUrl) return QueueUrl
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error
  }
  throw new NoSuchQueue(`There is no queue ${name}: provision the environment first (continuum provision)`)
}
