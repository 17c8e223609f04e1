import type { Ground, HttpService } from '../ground.ts'
import { resumeMoveTasks } from './move-tasks.ts'
import type { Sender } from './queue-policy.ts'
import { deliver, type Delivery } from './send.ts'
import { createService } from './service.ts'
import { openSqs, queueWithArn, type Sqs } from './sqs.ts'

/** SQS on this ground: its HTTP face, and the door for other services of the same server. */
export interface SqsService {
  readonly service: HttpService
  /** Sends `body` to the queue with this ARN, within the transaction under way. */
  deliver(queueArn: string, body: string, sender: Sender): Delivery
}

/** SQS on this ground; `duplicates` says of each message, when it is first received, whether it is to come twice. */
export function createSqs(ground: Ground, { duplicates }: Pick<Sqs, 'duplicates'>): SqsService {
  const sqs = openSqs(ground, duplicates)
  resumeMoveTasks(sqs)
  return {
    service: createService(sqs),
    deliver: (arn, body, sender) => deliver(sqs, queueWithArn(sqs, arn), body, sender),
  }
}
