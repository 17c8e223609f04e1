import type { Message } from '../sqs/store/message-store.ts'
import { queueNamed, type Sqs } from '../sqs/operation/sqs.ts'

/** A message in a queue, visible, in flight or delayed. Times are milliseconds since the epoch. */
export type MessageView = Pick<
  Message,
  'messageId' | 'body' | 'attributes' | 'sent' | 'visibleAt' | 'receives' | 'group'
>

/** In-process access to a queue: reading a message does not receive it. */
export interface QueueView {
  /** All messages, in the order in which they were sent. */
  messages(): MessageView[]
}

export const viewQueue = (sqs: Sqs, name: string): QueueView => ({
  messages: () => sqs.messages.all(queueNamed(sqs, name, sqs.context.account).id),
})
