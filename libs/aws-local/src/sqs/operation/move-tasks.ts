import { randomUUID } from 'node:crypto'
import { regionOfArn } from '../../shared/region.ts'
import { sourcesOf } from './dead-letters.ts'
import { SqsError } from '../model/errors.ts'
import { integer, requiredText, text, type Reply } from '../model/input.ts'
import type { Message } from '../store/message-store.ts'
import type { MoveRecord } from '../store/move-records.ts'
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
  const handle = Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn })).toString('base64')
  const now = sqs.context.clock.now()
  const task = sqs.context.transaction(() => {
    const begun = sqs.moves.insert(sourceArn, destinationArn, rate)
    const toMove = sqs.messages.visible(source.id, now, Number.MAX_SAFE_INTEGER).length
    sqs.moveRecords.begin(begun, { handle, started: now, toMove })
    return begun
  })
  carryOn(sqs, task)
  return { TaskHandle: handle }
}

/** Lists the newest tasks of a dead-letter queue, one unless more are asked for. Only a running one has a handle. */
export const listMessageMoveTasks: Operation = (sqs, input) => {
  const sourceArn = requiredText(input, 'SourceArn')
  existing(sqs, sourceArn, 'SourceArn')
  const records = sqs.moveRecords.ofSource(sourceArn, integer(input, 'MaxResults', 1, 10) ?? 1)
  return { Results: records.map(listed) }
}

/** Ends a running task; the messages that it has moved stay where they are. */
export const cancelMessageMoveTask: Operation = (sqs, input) => {
  const record = sqs.moveRecords.byHandle(requiredText(input, 'TaskHandle'))
  if (!record) throw new SqsError('ResourceNotFoundException', 'The specified task does not exist.')
  const running = sqs.moves.all().find((task) => task.id === record.id)
  if (!running) {
    throw new SqsError('UnsupportedOperation', 'Only active tasks can be cancelled.')
  }
  sqs.context.transaction(() => {
    sqs.moves.remove(running)
    sqs.moveRecords.end(record.id, 'CANCELLED')
  })
  return { ApproximateNumberOfMessagesMoved: record.moved }
}

function listed({ handle, status, sourceArn, destinationArn, rate, moved, toMove, started }: MoveRecord): Reply {
  return {
    ...(status === 'RUNNING' && { TaskHandle: handle }),
    Status: status,
    SourceArn: sourceArn,
    ...(destinationArn !== undefined && { DestinationArn: destinationArn }),
    ...(rate !== undefined && { MaxNumberOfMessagesPerSecond: rate }),
    ApproximateNumberOfMessagesMoved: moved,
    ApproximateNumberOfMessagesToMove: toMove,
    StartedTimestamp: started,
  }
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
      // It may have been cancelled in the meantime.
      if (!sqs.moves.all().some(({ id }) => id === task.id)) return false
      const more = moveSome(sqs, task, task.rate ?? batchSize)
      if (!more) {
        sqs.moves.remove(task)
        sqs.moveRecords.end(task.id, 'COMPLETED')
      }
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
  sqs.moveRecords.count(task, moved.length)
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
