import type { HistoryEvent } from '@aws-sdk/client-swf'
import { required, idOf, timeOf } from './event-attributes.ts'
import { createEventReader, type WorkflowEvent } from './workflow-event.ts'
import { recordedCommandOf } from './recorded-command.ts'

/** The record of one decision: the events that it saw and the commands that it made. */
export interface DecisionRecord {
  /** Time of its DecisionTaskStarted event, or of the previous decision if that is later. */
  readonly now: Temporal.Instant
  /** Id of its last event. */
  readonly eventId: number
  /** Events since the previous decision, in order. */
  readonly events: readonly WorkflowEvent[]
  /** Names of its commands; absent in the last record, which is still to be decided. */
  readonly recorded?: readonly string[]
  /** Details of its markers, by name. */
  readonly markers?: ReadonlyMap<string, string | undefined>
}

/** A history divided into its decisions. */
export interface DecisionHistory {
  readonly records: readonly DecisionRecord[]
  /** True when the execution is closed, so that there is nothing left to decide. */
  readonly closed: boolean
  /**
   * Reads the events that follow the last record; every call continues from the previous one.
   * @param events all events since the last record, up to the next DecisionTaskStarted
   * @returns the last record, now with its commands, and the next one; `undefined`, with nothing read, when the events are
   * anything else: an event is missing, or a decision was lost
   */
  readonly follow: (
    events: readonly HistoryEvent[],
  ) => { readonly last: DecisionRecord; readonly next: DecisionRecord } | undefined
}

/**
 * Divides a history at the completed decisions. A decision that timed out leaves no record: the next one sees its events
 * again. An event that arrives while a decision is being made belongs to the next one, wherever it stands.
 * @throws MalformedHistoryError when an event lacks an attribute that SWF always sets
 */
export function readDecisions(events: readonly HistoryEvent[]): DecisionHistory {
  const decided = readRecordedDecisions(events)
  const records: DecisionRecord[] = []
  const read = createEventReader()
  let seen: WorkflowEvent[] = []
  let now = Temporal.Instant.fromEpochMilliseconds(0)
  let eventId = 0
  let closed = false
  for (const event of events) {
    eventId = idOf(event)
    const workflowEvent = read(event)
    if (workflowEvent !== undefined) seen.push(workflowEvent)
    if (closings.has(event.eventType ?? '')) closed = true
    if (event.eventType !== 'DecisionTaskStarted') continue
    now = later(now, timeOf(event))
    const decision = decided.get(eventId)
    if (decision === undefined) continue
    records.push({ now, eventId, events: seen, ...decision })
    seen = []
  }
  let last: DecisionRecord = { now, eventId, events: seen }
  records.push(last)

  return {
    records,
    closed,
    follow: (more) => {
      const decision = readRecordedDecisions(more).get(last.eventId)
      if (decision === undefined || !isNextDecision(more, last.eventId)) return undefined
      const previous = { ...last, ...decision }
      for (const event of more) {
        eventId = idOf(event)
        if (event.eventType === 'DecisionTaskStarted') now = later(now, timeOf(event))
      }
      last = { now, eventId, events: more.map(read).filter((each) => each !== undefined) }
      return { last: previous, next: last }
    },
  }
}

interface RecordedDecision {
  readonly recorded: string[]
  readonly markers: Map<string, string | undefined>
}

/** Reads the commands and markers of completed decisions, by the ids of their DecisionTaskStarted events. */
function readRecordedDecisions(events: readonly HistoryEvent[]): ReadonlyMap<number, RecordedDecision> {
  const byStart = new Map<number, RecordedDecision>()
  const byCompletion = new Map<number, RecordedDecision>()
  for (const event of events) {
    if (event.eventType === 'DecisionTaskCompleted') {
      const startedEventId = required(
        event,
        event.decisionTaskCompletedEventAttributes?.startedEventId,
        'startedEventId',
      )
      const record = { recorded: [], markers: new Map() }
      byStart.set(startedEventId, record)
      byCompletion.set(idOf(event), record)
    }
    const command = recordedCommandOf(event)
    if (command === undefined) continue
    const record = byCompletion.get(command.decision)
    record?.recorded.push(command.name)
    const marker = event.markerRecordedEventAttributes
    if (marker?.markerName !== undefined) record?.markers.set(marker.markerName, marker.details)
  }
  return byStart
}

/** Tells whether the events follow the last one without a gap and end with the only further DecisionTaskStarted. */
function isNextDecision(events: readonly HistoryEvent[], after: number): boolean {
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
