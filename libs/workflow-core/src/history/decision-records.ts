import type { HistoryEvent } from '@aws-sdk/client-swf'
import { given, idOf, timeOf } from './event.ts'
import { createReader, type Happening } from './workflow-event.ts'
import { recordedAs } from './recorded-command.ts'

/** What one decision saw, and what came of it. */
export interface Turn {
  /** When it was taken: the time of its DecisionTaskStarted. Never before that of the turn before. */
  readonly now: Temporal.Instant
  /** Id of its last event, for messages. */
  readonly eventId: number
  /** What happened since the decision before, in order. */
  readonly happenings: readonly Happening[]
  /** Names of what it asked SWF for; absent in the last turn, which is still to be decided. */
  readonly recorded?: readonly string[]
  /** What its markers hold, by their names. */
  readonly markers?: ReadonlyMap<string, string | undefined>
}

/** A history cut into its decisions; `closed` when nothing can be decided any more. */
export interface Turns {
  readonly turns: readonly Turn[]
  readonly closed: boolean
  /**
   * What followed on the last turn, once it was decided; every call goes on from the one before.
   * @param events those since its last event, up to the next DecisionTaskStarted
   * @returns the last turn with its record, and the next one; `undefined` when the events do not say exactly that:
   * one is missing, or a decision was lost. Then nothing was read.
   */
  readonly follow: (events: readonly HistoryEvent[]) => { readonly last: Turn; readonly next: Turn } | undefined
}

/**
 * Cuts a history at the decisions that were completed. One that timed out left nothing: what it saw is seen again by the
 * next. An event that came while a decision was being taken belongs to the next one, wherever it stands.
 * @throws MalformedHistory when an event lacks what SWF always gives
 */
export function readTurns(events: readonly HistoryEvent[]): Turns {
  const records = readRecords(events)
  const turns: Turn[] = []
  const read = createReader()
  let happenings: Happening[] = []
  let now = Temporal.Instant.fromEpochMilliseconds(0)
  let eventId = 0
  let closed = false
  for (const event of events) {
    eventId = idOf(event)
    const happening = read(event)
    if (happening !== undefined) happenings.push(happening)
    if (closings.has(event.eventType ?? '')) closed = true
    if (event.eventType !== 'DecisionTaskStarted') continue
    now = later(now, timeOf(event))
    const record = records.get(eventId)
    if (record === undefined) continue
    turns.push({ now, eventId, happenings, ...record })
    happenings = []
  }
  let last: Turn = { now, eventId, happenings }
  turns.push(last)

  return {
    turns,
    closed,
    follow: (more) => {
      const record = readRecords(more).get(last.eventId)
      if (record === undefined || !isNextTurn(more, last.eventId)) return undefined
      const decided = { ...last, ...record }
      for (const event of more) {
        eventId = idOf(event)
        if (event.eventType === 'DecisionTaskStarted') now = later(now, timeOf(event))
      }
      const told = more.map(read).filter((happening) => happening !== undefined)
      last = { now, eventId, happenings: told }
      return { last: decided, next: last }
    },
  }
}

interface DecisionRecord {
  readonly recorded: string[]
  readonly markers: Map<string, string | undefined>
}

/** What completed decisions asked for, by the ids of their DecisionTaskStarted. */
function readRecords(events: readonly HistoryEvent[]): ReadonlyMap<number, DecisionRecord> {
  const byStart = new Map<number, DecisionRecord>()
  const byCompletion = new Map<number, DecisionRecord>()
  for (const event of events) {
    if (event.eventType === 'DecisionTaskCompleted') {
      const startedEventId = given(event, event.decisionTaskCompletedEventAttributes?.startedEventId, 'startedEventId')
      const record = { recorded: [], markers: new Map() }
      byStart.set(startedEventId, record)
      byCompletion.set(idOf(event), record)
    }
    const name = recordedAs(event)
    if (name === undefined) continue
    const record = byCompletion.get(name.decision)
    record?.recorded.push(name.name)
    const marker = event.markerRecordedEventAttributes
    if (marker?.markerName !== undefined) record?.markers.set(marker.markerName, marker.details)
  }
  return byStart
}

/** Whether the events go on where the last left off, without a gap, and end with the only further decision begun. */
function isNextTurn(events: readonly HistoryEvent[], after: number): boolean {
  const started = events.findIndex(({ eventType }) => eventType === 'DecisionTaskStarted')
  return started === events.length - 1 && events.every((event, index) => idOf(event) === after + 1 + index)
}

const closings: ReadonlySet<string> = new Set([
  'WorkflowExecutionCompleted',
  'WorkflowExecutionFailed',
  'WorkflowExecutionCanceled',
  'WorkflowExecutionTimedOut',
  'WorkflowExecutionTerminated',
  'WorkflowExecutionContinuedAsNew',
])

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) > 0 ? one : other
}
