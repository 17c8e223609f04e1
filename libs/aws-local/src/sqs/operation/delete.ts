import { inBatch } from './batch.ts'
import { invalidValue } from '../model/errors.ts'
import { requiredText, type Input, type Reply } from '../model/input.ts'
import { isFifo, type Queue } from '../model/queue.ts'
import { parseReceiptHandle } from '../model/receipt-handle.ts'
import { queueOf, type Operation, type Sqs } from './sqs.ts'

/**
 * Deletes a message. A handle from before the last receive is accepted and deletes nothing; a FIFO queue refuses a handle whose
 * visibility timeout has expired.
 */
function remove(sqs: Sqs, queue: Queue, input: Input): Reply {
  const handle = requiredText(input, 'ReceiptHandle')
  const { message: id, receive } = parseReceiptHandle(handle, queue.id)
  const message = sqs.messages.get(queue.id, id)
  if (isFifo(queue) && message && (message.receives !== receive || message.visibleAt <= sqs.context.clock.now()))
    throw invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.')
  sqs.messages.remove(queue.id, id, receive)
  if (isFifo(queue)) sqs.longPolls.wake(queue.id)
  return {}
}

export const deleteMessage: Operation = (sqs, input) => remove(sqs, queueOf(sqs, input), input)

export const deleteMessageBatch: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  return inBatch(sqs, input, (entry) => remove(sqs, queue, entry))
}
