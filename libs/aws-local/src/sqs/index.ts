import type { Ground, HttpService } from '../ground.ts'
import { resumeMoveTasks } from './move-tasks.ts'
import { deliver } from './send.ts'
import { createService } from './service.ts'
import { openSqs, queueWithArn, type Sqs } from './sqs.ts'

/** SQS on this ground: its HTTP face, and the door for other services of the same server. */
export interface SqsService {
  readonly service: HttpService
  /**
   * Sends `body` to the queue with this ARN, within the transaction under way.
   * @returns false when there is no such queue, or it does not take such a message
   */
  deliver(queueArn: string, body: string): boolean
  exists(queueArn: string): boolean
}

/** SQS on this ground; `duplicates` says of each message, when it is first received, whether it is to come twice. */
export function createSqs(ground: Ground, { duplicates }: Pick<Sqs, 'duplicates'>): SqsService {
  const sqs = openSqs(ground, duplicates)
  resumeMoveTasks(sqs)
  return {
    service: createService(sqs),
    deliver: (arn, body) => deliver(sqs, queueWithArn(sqs, arn), body),
    exists: (arn) => queueWithArn(sqs, arn) !== undefined,
  }
}
