import { setting, type Queue } from '../model/queue.ts'
import type { Sqs } from './sqs.ts'

/** Removes messages older than the retention period of the queue. */
export function expire(sqs: Sqs, queue: Queue): void {
  sqs.messages.removeOlder(queue.id, sqs.context.clock.now() - setting(queue, 'MessageRetentionPeriod') * 1000)
}
