import { randomUUID } from 'node:crypto'
import { regionOfArn } from '../../shared/region.ts'
import { sourcesOf } from './dead-letters.ts'
import { SqsError } from '../model/errors.ts'
import { integer, requiredText, text } from '../model/input.ts'
import type { Message } from '../store/message-store.ts'
import type { MoveTask } from '../store/move-store.ts'
import { setting, type Queue } from '../model/queue.ts'
import { queueWithArn, type Operation, type Sqs } from './sqs.ts'

/** Starts moving the messages of a dead-letter queue back to their source queues, or to another queue, in the background. */
export const startMessageMoveTask: Operation = (sqs, input) => {
  const sourceArn = requiredText(input, 'SourceArn')
  const destinationArn = text(input, 'DestinationArn')
  const rate = integer(input, 'MaxNumberOfMessagesPerSecond', 1, 500)
  const source = existing(sqs, sourceArn, 'SourceArn')
  if (destinationArn !== undefined) existing(sqs, destinationArn, 'DestinationArn')
  if (destinationArn === sourceArn) throw invalid('Source queue arn and destination queue arn must not be the same.')
  if (sourcesOf(sqs, source).length === 0) throw invalid('Source queue must be configured as a Dead Letter Queue.')
  if (sqs.moves.all().some((task) => task.sourceArn === sourceArn))
    throw new SqsError(
      'UnsupportedOperation',
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    )
  const task = sqs.moves.insert(sourceArn, destinationArn, rate)
  carryOn(sqs, task)
  const handle = JSON.stringify({ taskId: randomUUID(), sourceArn })
  return { TaskHandle: Buffer.from(handle).toString('base64') }
}

const invalid = (message: string) => new SqsError('InvalidParameterValueException', message)

function existing(sqs: Sqs, arn: string, parameter: string): Queue {
  const queue = queueWithArn(sqs, arn)
  if (queue) return queue
  const message = `The resource that you specified for the ${parameter} parameter doesn't exist.`
  throw new SqsError('ResourceNotFoundException', message)
}

/** Resumes the tasks of this region that were running when the server stopped. */
export function resumeMoveTasks(sqs: Sqs): void {
  for (const task of sqs.moves.all()) if (regionOfArn(task.sourceArn) === sqs.context.region) carryOn(sqs, task)
}

// Small enough that requests in between do not wait.
const batchSize = 100

function carryOn(sqs: Sqs, task: MoveTask): void {
  const due = sqs.context.clock.now() + (task.rate === undefined ? 0 : 1000)
  sqs.context.clock.schedule(due, () => {
    const goesOn = sqs.context.transaction(() => {
      const more = moveSome(sqs, task, task.rate ?? batchSize)
      if (!more) sqs.moves.remove(task)
      return more
    })
    if (goesOn) carryOn(sqs, task)
  })
}

/**
 * Moves up to `limit` messages. Returns false when none are left, or at a message whose destination is unknown, where AWS ends the
 * task too.
 */
function moveSome(sqs: Sqs, task: MoveTask, limit: number): boolean {
  const source = queueWithArn(sqs, task.sourceArn)
  if (!source) return false
  const found = sqs.messages.visible(source.id, sqs.context.clock.now(), limit)
  const moved = found.filter((message) => message.id <= task.last && moveOne(sqs, task, source, message))
  return moved.length > 0 && moved.length === found.length
}

/** A moved message is a new one, with a new id and sent time. */
function moveOne(sqs: Sqs, task: MoveTask, source: Queue, message: Message): boolean {
  const destination = queueWithArn(sqs, task.destinationArn ?? message.deadFrom ?? '')
  if (!destination) return false
  const now = sqs.context.clock.now()
  const visibleAt = now + setting(destination, 'DelaySeconds') * 1000
  sqs.messages.remove(source.id, message.id, message.receives)
  const { sender, body, attributes, trace, group, deduplication } = message
  const fresh = { messageId: randomUUID(), sender, body, attributes, trace, group, deduplication, sent: now, visibleAt }
  sqs.messages.insert(destination.id, fresh)
  sqs.longPolls.wake(destination.id)
  return true
}
