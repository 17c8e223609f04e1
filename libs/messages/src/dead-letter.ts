import type { UnidentifiedDelivery } from './dashboard-message.ts'
import { uuidOf } from './uuid.ts'

/** A message that cannot be processed, as it came, and the reason. */
export interface DeadLetter {
  readonly raw: string
  readonly reason: string
  readonly messageId: string
}

/** Characters of a message that the dashboard shows; the dead-letter queue has all of it. */
const maxShown = 20_000

/** The reason as an attribute of the message on the dead-letter queue, in characters that SQS takes. */
export function reasonAttribute({ reason }: Pick<DeadLetter, 'reason'>): { DataType: 'String'; StringValue: string } {
  const StringValue = reason.replaceAll(/[^\t\n\r -\uD7FF\uE000-\uFFFD]/g, '?').slice(0, 1_000)
  return { DataType: 'String', StringValue }
}

/**
 * The message that shows a dead letter on the dashboard; the same each time that the letter is sent.
 *
 * @param source name of the queue that it came from
 */
export function unidentifiedDelivery({ raw, reason, messageId }: DeadLetter, source: string): UnidentifiedDelivery {
  return {
    message_type: 'unidentified-delivery',
    source,
    reason,
    raw: raw.slice(0, maxShown),
    message_id: uuidOf('unidentified', source, messageId, raw),
  }
}
