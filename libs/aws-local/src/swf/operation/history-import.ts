import { replay } from '../engine/replay.ts'
import { decodeEvent } from '../execution/encoding.ts'
import type { EventOf, EventType, Run } from '../execution/events.ts'
import type { CloseStatus } from '../execution/state.ts'
import { retentionCutoff } from './retention-cutoff.ts'
import { nowIn, type Swf } from './swf.ts'

/** Thrown for a history that cannot be imported; the message gives the reason. Do not retry. */
export class InvalidHistoryError extends Error {
  override readonly name = 'InvalidHistoryError'
}

const closings: Partial<Record<EventType, CloseStatus>> = {
  WorkflowExecutionCompleted: 'COMPLETED',
  WorkflowExecutionFailed: 'FAILED',
  WorkflowExecutionCanceled: 'CANCELED',
  WorkflowExecutionTerminated: 'TERMINATED',
  WorkflowExecutionContinuedAsNew: 'CONTINUED_AS_NEW',
  WorkflowExecutionTimedOut: 'TIMED_OUT',
}

/**
 * Imports a closed execution with its whole history, `{ "events": [...] }` as written by `aws swf get-workflow-execution-history`
 * (either version: times as text or in seconds). Open executions are rejected: their timeouts expired long ago.
 * @throws {InvalidHistoryError}
 */
export function importHistory(swf: Swf, domain: string, run: Run, history: unknown): void {
  const events = eventsOf(history)
  const [first, last] = [events[0], events.at(-1)]
  const status = last && closings[last.decoded.type]
  if (first === undefined || !isStarted(first.decoded))
    throw new InvalidHistoryError('The first event of a history must be WorkflowExecutionStarted.')
  if (last === undefined || status === undefined)
    throw new InvalidHistoryError('Only the history of a closed execution can be imported.')
  const { attributes, at } = first.decoded
  const { executions, histories } = swf
  swf.context.transaction(() => {
    checkPlace(swf, domain, run, last.decoded.at)
    const key = executions.add(domain, run, attributes, at)
    for (const { text, decoded } of events) {
      histories.append(key, decoded.id, text)
      if (decoded.type === 'WorkflowExecutionCancelRequested') executions.requestCancel(key)
    }
    executions.close(key, status, last.decoded.at)
    // Rejects now what the server could not read later.
    refusing(() => replay(histories, key, domain, run))
  })
}

/** Checks that the execution does not exist yet and is within the retention period. */
function checkPlace(swf: Swf, domainName: string, { workflowId, runId }: Run, closedAt: number): void {
  const domain = swf.domains.find(domainName)
  if (domain === undefined) throw new InvalidHistoryError(`Unknown domain ${domainName}: register it first.`)
  if (swf.executions.find(runId) !== undefined)
    throw new InvalidHistoryError(`The execution ${workflowId} (${runId}) already exists.`)
  if (closedAt <= retentionCutoff(domain.retention, nowIn(swf, domainName)))
    throw new InvalidHistoryError(
      `${workflowId} was closed at ${new Date(closedAt).toISOString()}, and ${domainName} keeps closed executions for ${domain.retention} days: ` +
        'import it into a domain with a longer retention period, or into a server whose virtual clock is at that time.',
    )
}

interface ImportedEvent {
  /** The stored form. */
  readonly text: string
  readonly decoded: EventOf<EventType>
}

function eventsOf(history: unknown): ImportedEvent[] {
  const events = isRecord(history) ? history['events'] : undefined
  if (!Array.isArray(events)) throw new InvalidHistoryError('A history must be an object with a list of events.')
  return events.map((event: unknown, index) => {
    if (!isRecord(event) || event['eventId'] !== index + 1)
      throw new InvalidHistoryError(`Event ${index + 1} is missing: a history must contain all events, oldest first.`)
    const text = JSON.stringify({ ...event, eventTimestamp: secondsOf(event['eventTimestamp'], index + 1) })
    return { text, decoded: refusing(() => decodeEvent(text)) }
  })
}

function secondsOf(time: unknown, id: number): number {
  const seconds = typeof time === 'string' ? Date.parse(time) / 1000 : time
  if (typeof seconds === 'number' && Number.isFinite(seconds)) return seconds
  throw new InvalidHistoryError(`Event ${id} has no valid eventTimestamp.`)
}

function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InvalidHistoryError(`Not a history written by SWF: ${reason}`, { cause })
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isStarted = (event: EventOf<EventType>): event is EventOf<'WorkflowExecutionStarted'> =>
  event.type === 'WorkflowExecutionStarted'
