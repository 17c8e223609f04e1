import { inBatch } from './batch.ts'
import { invalidValue, SqsError } from '../model/errors.ts'
import { requiredInteger, requiredText, type Input, type Reply } from '../model/input.ts'
import type { Queue } from '../model/queue.ts'
import { parseReceiptHandle } from '../model/receipt-handle.ts'
import { queueOf, type Operation, type Sqs } from './sqs.ts'

const maxVisibilityMs = 43_200_000

/**
 * Sets the visibility timeout of a message in flight, counted from now; 0 makes it visible at once. The limit is twelve hours from
 * its receive.
 */
function change(sqs: Sqs, queue: Queue, input: Input): Reply {
  const handle = requiredText(input, 'ReceiptHandle')
  const timeout = requiredInteger(input, 'VisibilityTimeout', 0, 43_200)
  const receipt = parseReceiptHandle(handle, queue.id)
  const message = sqs.messages.get(queue.id, receipt.message)
  const now = sqs.context.clock.now()
  if (!message)
    throw invalidValue(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    )
  if (message.visibleAt <= now || message.receives !== receipt.receive)
    throw new SqsError('MessageNotInflight', 'The specified message is not in flight.')
  const visibleAt = now + timeout * 1000
  if (visibleAt > (message.lastReceived ?? now) + maxVisibilityMs)
    throw invalidValue(
      timeout,
      'VisibilityTimeout',
      'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
    )
  sqs.messages.setVisible(message.id, visibleAt)
  sqs.longPolls.wake(queue.id)
  return {}
}

export const changeMessageVisibility: Operation = (sqs, input) => change(sqs, queueOf(sqs, input), input)

export const changeMessageVisibilityBatch: Operation = (sqs, input) => {
  const queue = queueOf(sqs, input)
  return inBatch(sqs, input, (entry) => change(sqs, queue, entry))
}
