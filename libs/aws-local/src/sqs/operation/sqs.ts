import type { ServerContext } from '../../shared/context.ts'
import { createDeduplications, type Deduplications } from '../store/deduplication.ts'
import { SqsError } from '../model/errors.ts'
import { requiredText, type Input, type Reply } from '../model/input.ts'
import { createMessageStore, type MessageStore } from '../store/message-store.ts'
import { createMoveRecords, type MoveRecords } from '../store/move-records.ts'
import { createMoveStore, type MoveStore } from '../store/move-store.ts'
import { createQueueStore, type QueueStore } from '../store/queue-store.ts'
import { parseQueueUrl, queueArn, type Queue } from '../model/queue.ts'
import { createLongPolls, type LongPolls } from './long-polls.ts'

/** The state that operations work on, in one region. */
export interface Sqs {
  readonly context: ServerContext
  readonly queues: QueueStore
  readonly messages: MessageStore
  readonly moves: MoveStore
  readonly moveRecords: MoveRecords
  readonly deduplications: Deduplications
  readonly longPolls: LongPolls
  /** Returns true if the message being received for the first time is to be delivered again, even if it is deleted. */
  readonly duplicates: () => boolean
}

/** An operation. `gone` aborts when the client disconnects. */
export type Operation = (sqs: Sqs, input: Input, gone: AbortSignal) => Reply | Promise<Reply>

export function openSqs(context: ServerContext, duplicates: Sqs['duplicates']): Sqs {
  return {
    context,
    queues: createQueueStore(context.db, context.region, (name) => queueArn(context.region, context.account, name)),
    messages: createMessageStore(context.db),
    moves: createMoveStore(context.db),
    moveRecords: createMoveRecords(context.db),
    deduplications: createDeduplications(context.db),
    longPolls: createLongPolls(context.clock),
    duplicates,
  }
}

/** The URL of a queue. */
export const urlOf = (sqs: Sqs, name: string): string => `${sqs.context.url()}/${sqs.context.account}/${name}`

const noSuchQueue = () => new SqsError('QueueDoesNotExist', 'The specified queue does not exist.')

/** The queue that the input's QueueUrl names. Throws QueueDoesNotExist. */
export function queueOf(sqs: Sqs, input: Input): Queue {
  const { account, name } = parseQueueUrl(requiredText(input, 'QueueUrl'))
  return queueNamed(sqs, name, account)
}

/** The queue with this name in this server's account. Throws QueueDoesNotExist. */
export function queueNamed(sqs: Sqs, name: string, account: string): Queue {
  const queue = account === sqs.context.account ? sqs.queues.named(name) : undefined
  if (queue === undefined) throw noSuchQueue()
  return queue
}

/** The queue with this ARN, if it belongs to this server and region. */
export function queueWithArn(sqs: Sqs, arn: string): Queue | undefined {
  const queue = sqs.queues.named(arn.slice(arn.lastIndexOf(':') + 1))
  return queue?.arn === arn ? queue : undefined
}
