import type { Handled, ReceivedMessage } from '@continuum/aws-resources'
import type { Journal } from '@continuum/article'
import type { Logger, WorkflowClient } from '@continuum/workflow-core'
import type { PutAside } from '../messages/dead-letters.ts'
import { uuidOf } from '../messages/ids.ts'
import type { TellDashboard } from '../messages/sender.ts'
import { createLines, type Attempt } from './per-id-queue.ts'
import { readStart, type Start } from './start.ts'

export interface StarterOptions {
  readonly executions: Pick<WorkflowClient, 'start' | 'listOpen' | 'listClosed'>
  readonly journals: readonly Journal[]
  readonly tellDashboard: TellDashboard
  readonly putAside: PutAside
  /** Puts a message on the queue again, as a new one. */
  readonly sendAgain: (body: string) => Promise<void>
  /** Waits; rejects when the process stops. */
  readonly pause: (milliseconds: number) => Promise<void>
  readonly signal: AbortSignal
  readonly logger: Logger
}

/** The queue takes a message for poison after five receipts; one that only waits through restarts is renewed before. */
const receiptsBeforeRenewal = 3

/**
 * Handles messages of the starter queue. One is done when its execution is started, durably; meanwhile it waits here,
 * in the line of its id, and the dashboard says so. What is not understood is put aside.
 */
export function createStarter(options: StarterOptions): (message: ReceivedMessage) => Promise<Handled> {
  const { executions, journals, tellDashboard, putAside, sendAgain, pause, signal, logger } = options

  const attempt = async (start: Start): Promise<Attempt> => {
    const { workflow, workflowId, input, timeout } = start
    const tag = `once-${start.once}`
    if (await some(executions.listClosed({ tag }))) return 'repeated'
    const { started } = await executions.start(workflow, { workflowId, input, timeout, tags: [tag] })
    if (started) return 'started'
    return (await some(executions.listOpen({ tag }))) ? 'repeated' : 'open'
  }
  const event = async (start: Start, event_type: string, status: string, message: string) => {
    const { subject, delivery, once } = start
    await tellDashboard({
      message_type: 'event',
      item_identifier: subject.articleId,
      version: subject.version,
      run: subject.run,
      event_type,
      timestamp: Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }),
      status,
      message,
      message_id: uuidOf('starting', once, event_type, status),
      ...(delivery && { delivery }),
    })
  }
  const waited = new WeakSet<Start>()
  const enter = createLines({
    attempt,
    onArrival: async (start) => {
      if (start.delivery) await event(start, 'Delivery', 'start', `${start.delivery.file_name} arrived.`)
    },
    onWaiting: async (start) => {
      await event(start, 'Waiting', 'start', `Waits for what is under way with article ${start.subject.articleId}.`)
      waited.add(start)
    },
    onFailure: (error, { workflowId }) => logger.warn({ err: error, workflowId }, 'not started yet'),
    pause,
  })
  const settle = async (start: Start) => {
    if (waited.has(start)) await event(start, 'Waiting', 'end', 'Its turn has come.')
    if (start.delivery) await event(start, 'Delivery', 'end', 'Work on it has begun.')
  }

  const begin = async (message: ReceivedMessage): Promise<Handled> => {
    const start = readStart(message, journals)
    if (message.receiveCount > receiptsBeforeRenewal) {
      await sendAgain(message.body)
      return 'done'
    }
    const outcome = await enter(start)
    const { workflowId, subject } = start
    logger.info({ ...subject, workflowId, outcome }, outcome === 'started' ? 'started' : 'was started before')
    await settle(start)
    return 'done'
  }

  return async (message) => {
    try {
      return await begin(message)
    } catch (error) {
      if (signal.aborted) return { retryAfter: 0 }
      if (!isPermanent(error)) throw error
      const { messageId, body: raw } = message
      logger.warn({ messageId, reason: error.message }, 'a message was put aside')
      await putAside({ raw, reason: error.message, messageId })
      return 'done'
    }
  }
}

/** A fault of the message, which it will have the next time as well. */
function isPermanent(error: unknown): error is Error {
  return error instanceof Error && 'retry' in error && error.retry === false
}

async function some(executions: AsyncIterable<unknown>): Promise<boolean> {
  for await (const execution of executions) return execution !== undefined
  return false
}
