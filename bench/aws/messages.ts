import { startServer } from './server.ts'

const budget = 2_000

/** So many messages sent, received and deleted in batches of ten, by four clients at once. */
export async function measureMessages(count: number): Promise<string> {
  await using server = await startServer()
  const sqs = (operation: string, input: object) => server.call(`AmazonSQS.${operation}`, input)
  const { QueueUrl } = await sqs('CreateQueue', { QueueName: 'bench' })
  const body = 'x'.repeat(500)
  const ten = Array.from({ length: 10 }, (_, n) => ({ Id: String(n), MessageBody: body }))

  async function pass(messages: number): Promise<void> {
    for (let done = 0; done < messages;) {
      await sqs('SendMessageBatch', { QueueUrl, Entries: ten })
      const { Messages = [] } = await sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })
      const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }))
      if (Entries.length > 0) await sqs('DeleteMessageBatch', { QueueUrl, Entries })
      done += Entries.length
    }
  }

  await pass(500)
  const began = performance.now()
  await Promise.all(Array.from({ length: 4 }, () => pass(count / 4)))
  const rate = count / ((performance.now() - began) / 1000)
  return `sqs: ${Math.round(rate)} messages/s sent, received and deleted, by tens (budget ${budget}; ${count} messages of 500 bytes)`
}
