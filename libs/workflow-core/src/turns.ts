import type { HistoryEvent } from '@aws-sdk/client-swf'
import { given, idOf, timeOf } from './event.ts'
import { createReader, type Happening } from './happening.ts'
import { recordedAs } from './recorded.ts'

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
}

/**
 * Cuts a history at the decisions that were completed. One that timed out left nothing: what it saw is seen again by the
 * next. An event that came while a decision was being taken belongs to the next one, wherever it stands.
 * @throws MalformedHistory when an event lacks what SWF always gives
 */
export function readTurns(events: readonly HistoryEvent[]): Turns {
  const completions = new Map<number, number>()
  const recorded = new Map<number, { names: string[]; markers: Map<string, string | undefined> }>()
  for (const event of events) {
    if (event.eventType === 'DecisionTaskCompleted') {
      const startedEventId = given(event, event.decisionTaskCompletedEventAttributes?.startedEventId, 'startedEventId')
      completions.set(startedEventId, idOf(event))
      recorded.set(idOf(event), { names: [], markers: new Map() })
    }
    const name = recordedAs(event)
    if (name !== undefined) recorded.get(name.decision)?.names.push(name.name)
    const marker = event.markerRecordedEventAttributes
    if (name !== undefined && marker?.markerName !== undefined) {
      recorded.get(name.decision)?.markers.set(marker.markerName, marker.details)
    }
  }

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
    const completion = completions.get(eventId)
    if (completion === undefined) continue
    const { names = [], markers = new Map() } = recorded.get(completion) ?? {}
    turns.push({ now, eventId, happenings, recorded: names, markers })
    happenings = []
  }
  turns.push({ now, eventId, happenings })
  return { turns, closed }
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
