import { invalidValue } from '../model/errors.ts'
import type { Message } from '../store/message-store.ts'
import { allowsRedrive, parseRedrivePolicy } from '../model/redrive-policy.ts'
import { isFifo, queueArn, type Queue } from '../model/queue.ts'
import { queueOf, queueWithArn, urlOf, type Operation, type Sqs } from './sqs.ts'

/** Throws InvalidParameterValue unless `policy` (a RedrivePolicy, if any) names a queue that can be the dead-letter queue of `name`. */
export function checkDeadLetterTarget(sqs: Sqs, name: string, policy: string | undefined): void {
  const target = parseRedrivePolicy(policy)?.deadLetterTargetArn
  if (target === undefined || policy === undefined) return
  const queue = queueWithArn(sqs, target)
  if (!queue) throw invalidValue(policy, 'RedrivePolicy', 'Dead letter target does not exist.')
  if (isFifo(queue) !== isFifo({ name }))
    throw invalidValue(policy, 'RedrivePolicy', 'Dead-letter queue must be same type of queue as the source.')
  const source = queueArn(sqs.context.region, sqs.context.account, name)
  if (!allowsRedrive(queue.attributes['RedriveAllowPolicy'], source))
    throw invalidValue(policy, 'RedrivePolicy', 'Queue does not have permissions to use the dead-letter queue.')
}

/** Moves a message that was received maxReceiveCount times to the dead-letter queue and returns true; it must not be delivered. */
export function moveIfDead(sqs: Sqs, queue: Queue, message: Message, now: number): boolean {
  const policy = parseRedrivePolicy(queue.attributes['RedrivePolicy'])
  if (!policy || message.receives < policy.maxReceiveCount) return false
  const target = queueWithArn(sqs, policy.deadLetterTargetArn)
  if (!target) return false
  sqs.messages.move(message.id, target.id, now, queue.arn)
  sqs.longPolls.wake(target.id)
  return true
}

/** The queues whose dead-letter queue this is. */
export function sourcesOf(sqs: Sqs, target: Queue): Queue[] {
  return sqs.queues
    .all()
    .filter((queue) => parseRedrivePolicy(queue.attributes['RedrivePolicy'])?.deadLetterTargetArn === target.arn)
}

export const listDeadLetterSourceQueues: Operation = (sqs, input) => ({
  // The only member of SQS in lower camel case.
  queueUrls: sourcesOf(sqs, queueOf(sqs, input)).map(({ name }) => urlOf(sqs, name)),
})
