import type { Handled, ReceivedMessage } from '@continuum/aws-resources'
import type { Journal } from '@continuum/article'
import type { Logger, WorkflowClient } from '@continuum/workflow-core'
import type { SendToDeadLetters } from '../messages/dead-letters.ts'
import { uuidOf } from '@continuum/messages'
import { runEvent } from '../messages/run-messages.ts'
import type { TellDashboard } from '../messages/tell-dashboard.ts'
import { createTurns } from './in-turn.ts'
import { createPerIdQueue, type Outcome } from './per-id-queue.ts'
import type { PackagesBefore } from './packages-before.ts'
import { readStart, type Start } from './start.ts'
import type { Starts } from './starts.ts'

export interface StarterOptions {
  readonly executions: Pick<WorkflowClient, 'start' | 'listOpen' | 'listClosed'>
  readonly starts: Starts
  readonly packagesBefore: PackagesBefore
  readonly journals: readonly Journal[]
  readonly tellDashboard: TellDashboard
  readonly sendToDeadLetters: SendToDeadLetters
  /** Puts a message on the queue again, as a new one. */
  readonly requeue: (body: string) => Promise<void>
  /** Waits; rejects when the process stops. */
  readonly pause: (milliseconds: number) => Promise<void>
  readonly signal: AbortSignal
  readonly logger: Logger
}

/** Executions started at a time: more would only make the calls of those that run already wait. */
const maxAttempts = 4

/** After five receipts SQS moves a message to the dead-letter queue; one that only waits through restarts is requeued before. */
const maxReceipts = 3

/**
 * Handles messages of the workflow starter queue. A message is done when its execution has started, durably; until then
 * it waits in the queue of its workflow id, and the dashboard says so. `starts` keeps what was started and the order, so that SWF is
 * asked only to start, and several starters may run. A message that cannot be understood goes to the
 * dead-letter queue.
 */
export function createStarter(options: StarterOptions): (message: ReceivedMessage) => Promise<Handled> {
  const {
    executions,
    starts,
    packagesBefore,
    journals,
    tellDashboard,
    sendToDeadLetters,
    requeue,
    pause,
    signal,
    logger,
  } = options

  const attempt = async (start: Start): Promise<Outcome> => {
    const { workflow, workflowId, input, timeout, priority, subject } = start
    const tag = `once-${start.once}`
    // By article and run, the dashboard finds the executions of both.
    const tags = [tag, subject.articleId, subject.run]
    const claim = await starts.claim(start)
    if (claim === 'started') return 'repeated'
    if (claim === 'waits') return 'open'
    if (claim === 'unsure' && (await isKnown(tag))) {
      await starts.started(start)
      return 'repeated'
    }
    const giveBack = async () => {
      // The open execution may be that of the interrupted attempt: SWF's lists are some seconds old, so they are asked again.
      if (claim === 'mine') await starts.release(start)
    }
    try {
      if (await isOvertaking(start)) {
        await giveBack()
        return 'early'
      }
    } catch (error) {
      await giveBack()
      throw error
    }
    try {
      const { started } = await executions.start(workflow, {
        workflowId,
        input,
        timeout,
        tags,
        ...(priority !== undefined && { priority }),
      })
      if (!started) {
        await giveBack()
        return 'open'
      }
      await starts.started(start)
      return 'started'
    } catch (error) {
      // SWF refused it; after any other failure it may have been started all the same.
      if (error instanceof Error && '$fault' in error && error.$fault === 'client') await starts.release(start)
      throw error
    }
  }
  /**
   * SQS keeps no order, and a process that is killed holds what it has received for a while: a later delivery may come first. S3 tells that there is
   * an earlier one, which is waited for.
   */
  const isOvertaking = async (start: Start) => {
    if (!start.delivery || !(await starts.isAhead(start, await packagesBefore(start.delivery)))) return false
    logger.info(
      { ...start.subject, file: start.delivery.file_name },
      'an earlier delivery of the article is on its way',
    )
    return true
  }
  /** SWF allows six of these calls a second for the whole account, so they are made only where an attempt was interrupted. */
  const isKnown = async (tag: string) =>
    (await hasAny(executions.listOpen({ tag }))) || (await hasAny(executions.listClosed({ tag })))
  const event = async ({ subject, delivery, once }: Start, event_type: string, status: string, message: string) => {
    const message_id = uuidOf('starting', once, event_type, status)
    await tellDashboard(runEvent(subject, { event_type, status, message, message_id, ...(delivery && { delivery }) }))
  }
  const waited = new WeakSet<Start>()
  const enqueue = createPerIdQueue({
    attempt,
    inTurn: createTurns(maxAttempts),
    onArrival: async (start) => {
      if (start.delivery) await event(start, 'Delivery', 'start', `${start.delivery.file_name} arrived.`)
    },
    onWaiting: async (start) => {
      await event(start, 'Waiting', 'start', `Waiting for another run of article ${start.subject.articleId} to end.`)
      waited.add(start)
    },
    onFailure: (error, { workflowId }) => logger.warn({ err: error, workflowId }, 'not started yet; retrying'),
    pause,
  })
  const reportStart = async (start: Start) => {
    if (waited.has(start)) await event(start, 'Waiting', 'end', 'No longer waiting.')
    if (start.delivery) await event(start, 'Delivery', 'end', 'Processing started.')
  }

  const startInTurn = async (start: Start) => {
    try {
      return await enqueue(start)
    } catch (error) {
      // Those behind it must not wait for what is never started.
      if (isPermanent(error)) await starts.forget(start)
      throw error
    } finally {
      starts.letGo(start)
    }
  }

  /** Keeps the place of a start whose message was put on the queue again: those behind it wait for that. One named by its message becomes another. */
  const keepPlace = async (start: Start, message: ReceivedMessage) => {
    if (start.once === message.messageId) return starts.forget(start)
    await starts.note(start, message)
    return starts.letGo(start)
  }

  const handle = async (message: ReceivedMessage): Promise<Handled> => {
    const start = readStart(message, journals)
    if (message.receiveCount > maxReceipts) {
      await requeue(message.body)
      await keepPlace(start, message)
      return 'done'
    }
    await starts.note(start, message)
    const outcome = await startInTurn(start)
    const { workflowId, subject } = start
    logger.info({ ...subject, workflowId, outcome }, outcome === 'started' ? 'started' : 'already started')
    await reportStart(start)
    return 'done'
  }

  return async (message) => {
    try {
      return await handle(message)
    } catch (error) {
      if (signal.aborted) return { retryAfter: 0 }
      if (!isPermanent(error)) throw error
      const { messageId, body: raw } = message
      logger.warn({ messageId, reason: error.message }, 'a message was sent to the dead-letter queue')
      await sendToDeadLetters({ raw, reason: error.message, messageId })
      return 'done'
    }
  }
}

/** Tells a fault of the message, which it would have the next time as well. */
function isPermanent(error: unknown): error is Error {
  return error instanceof Error && 'retry' in error && error.retry === false
}

async function hasAny(executions: AsyncIterable<unknown>): Promise<boolean> {
  for await (const execution of executions) return execution !== undefined
  return false
}
