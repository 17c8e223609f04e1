import { GetQueueUrlCommand, QueueDoesNotExist, type SQSClient } from '@aws-sdk/client-sqs'

/** Thrown when the queue does not exist: the environment was not provisioned, or the name is wrong. Not retried. */
export class NoSuchQueueError extends Error {
  override readonly name = 'NoSuchQueueError'
  readonly retry = false
}

/**
 * Looks up the URL of a queue.
 *
 * @param signal gives up
 * @throws NoSuchQueueError
 */
export async function queueUrl(sqs: SQSClient, name: string, signal?: AbortSignal): Promise<string> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }), {
      ...(signal && { abortSignal: signal }),
    })
    if (QueueUrl) return QueueUrl
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error
  }
  throw new NoSuchQueueError(`There is no queue ${name}: provision the environment first (continuum provision)`)
}
