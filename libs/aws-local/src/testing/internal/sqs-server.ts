import { SQSClient, CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { onTestFinished } from 'vitest'
import { startAwsLocal, type AwsLocalOptions } from '../../index.ts'

/** A server of its own for one test, with a client; both end with the test. */
export async function startSqs(options: AwsLocalOptions = {}) {
  const server = await startAwsLocal(options)
  const sqs = new SQSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })
  onTestFinished(async () => {
    sqs.destroy()
    await server.close()
  })
  return {
    server,
    sqs,
    /** Makes a queue and returns its URL. */
    queue: async (QueueName: string, Attributes: Record<string, string> = {}): Promise<string> => {
      const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
      return QueueUrl
    },
    attribute: async (QueueUrl: string, name: 'QueueArn' | 'ApproximateNumberOfMessages'): Promise<string> => {
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }))
      return Attributes?.[name] ?? ''
    },
  }
}
