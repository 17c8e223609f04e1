import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { encodeMessage, type DashboardMessage, type MessageBatch } from '@continuum/messages'

/** Tells the dashboard messages, together; when the promise resolves, the queue has them. */
export type TellDashboard = (...messages: DashboardMessage[]) => Promise<void>

/** The maximum of bytes in a message of several; SQS takes 262,144 of any. */
const maxBytes = 200_000
/** The maximum of messages in one. */
const maxMessages = 50
/** The maximum of calls at once: where one hangs, later messages go by the other. */
const maxCalls = 2

interface Told {
  readonly messages: readonly DashboardMessage[]
  readonly bytes: number
  readonly settle: PromiseWithResolvers<void>
}

/**
 * Tells the dashboard through its queue. What is told together, or while earlier calls are under way, goes in one message of the
 * queue; a message that is told alone goes as it is.
 */
export function createTellDashboard(sqs: SQSClient, queueUrl: string): TellDashboard {
  const waiting: Told[] = []
  let calls = 0

  /** Takes as much as fits in one message of the queue; messages that are told together stay together. */
  const next = (): Told[] => {
    let [count, bytes] = [0, 0]
    const end = waiting.findIndex(
      (told) => (count += told.messages.length) > maxMessages || (bytes += told.bytes) > maxBytes,
    )
    return waiting.splice(0, end < 0 ? waiting.length : Math.max(end, 1))
  }

  const call = async () => {
    calls++
    // What is told in this turn of the event loop goes along.
    await new Promise((resolve) => setImmediate(resolve))
    for (let told = next(); told.length > 0; told = next()) await send(sqs, queueUrl, told)
    calls--
  }

  const tell = (messages: readonly DashboardMessage[], bytes: number): Promise<void> => {
    const settle = Promise.withResolvers<void>()
    waiting.push({ messages, bytes, settle })
    if (calls < maxCalls) void call()
    return settle.promise
  }

  return async (...messages) => {
    await Promise.all(partsOf(messages).map(({ part, bytes }) => tell(part, bytes)))
  }
}

async function send(sqs: SQSClient, queueUrl: string, told: readonly Told[]): Promise<void> {
  const messages = told.flatMap((one) => one.messages)
  const [first, ...others] = messages
  const message = first && others.length === 0 ? first : ({ message_type: 'batch', messages } satisfies MessageBatch)
  try {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: encodeMessage(message) }))
    for (const { settle } of told) settle.resolve()
  } catch (error) {
    for (const { settle } of told) settle.reject(error)
  }
}

/** Splits messages that are too large together. */
function partsOf(messages: readonly DashboardMessage[]): { part: DashboardMessage[]; bytes: number }[] {
  const parts: { part: DashboardMessage[]; bytes: number }[] = []
  for (const message of messages) {
    const bytes = Buffer.byteLength(JSON.stringify(message)) + 1
    const last = parts.at(-1)
    if (last && last.bytes + bytes <= maxBytes && last.part.length < maxMessages) {
      last.part.push(message)
      last.bytes += bytes
    } else parts.push({ part: [message], bytes })
  }
  return parts
}
