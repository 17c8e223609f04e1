import type { Message } from '../sqs/store/message-store.ts'
import { queueNamed, type Sqs } from '../sqs/operation/sqs.ts'

/** A message as it lies in a queue, waiting, in flight or delayed. Times are milliseconds since the epoch. */
export type MessageView = Pick<
  Message,
  'messageId' | 'body' | 'attributes' | 'sent' | 'visibleAt' | 'receives' | 'group'
>

/** A queue seen from within the server: looking at a message does not receive it. */
export interface QueueView {
  /** All messages that are kept, in the order in which they came. */
  messages(): MessageView[]
}

export const viewQueue = (sqs: Sqs, name: string): QueueView => ({
  messages: () => sqs.messages.all(queueNamed(sqs, name, sqs.context.account).id),
})
