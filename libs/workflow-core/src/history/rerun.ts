import type { HistoryEvent } from '@aws-sdk/client-swf'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { type EarlierRun, readStart, writeRerun } from './earlier-run.ts'
import { given, idOf } from './event.ts'
import type { Start } from './workflow-event.ts'
import { NothingToRerun, PayloadTooLarge } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { outcomeOf } from '../values/outcome.ts'
import { parseJson, longestPayload } from '../values/payload.ts'
import { stepId } from '../values/step-id.ts'

const FailedStep = Type.Object({ activity: Type.String(), key: Type.Optional(Type.String()) })

/**
 * How to start an execution anew from the step that failed: as it was started, with the results of all that had
 * succeeded. What began only after the step had failed is left out: it was about the failure, such as its report.
 * @param events the whole history; of a run that was a rerun itself, what it was given is handed on
 * @param longest how many characters an input may have
 * @returns `undefined` while it is open
 * @throws NothingToRerun when it completed, or went on as new
 * @throws PayloadTooLarge when the results do not fit into an input
 * @throws MalformedHistory
 */
export function rerunOf(
  execution: Execution,
  events: readonly HistoryEvent[],
  longest: number = longestPayload,
): { start: Start; input: string } | undefined {
  const last = events.at(-1)
  const outcome = last === undefined ? undefined : outcomeOf(last)
  if (last === undefined || outcome === undefined) return undefined
  const { workflowId, runId } = execution
  if (outcome.status === 'completed' || outcome.status === 'continued as new') {
    throw new NothingToRerun(`${workflowId} ${outcome.status}: there is no failed step to run it from.`)
  }
  const [first = last] = events
  const start = given(first, first.workflowExecutionStartedEventAttributes, 'start')
  const before = readStart(start.input)
  const earlier = before.earlierRun ?? { execution: { workflowId, runId }, done: {}, local: {}, signals: [] }
  const found = whatWasDone(events, 'details' in outcome ? failedAt(events, outcome.details) : Infinity)
  const all: EarlierRun = {
    execution: earlier.execution,
    done: { ...earlier.done, ...found.done },
    local: { ...earlier.local, ...found.local },
    signals: [...earlier.signals, ...found.signals],
  }
  const input = writeRerun(before.input, all, `Input of ${workflowId}`)
  if (input.length > longest) {
    throw new PayloadTooLarge(
      `What ${workflowId} had done in ${Object.keys(all.done).length} steps takes, with its input, ${input.length} ` +
        `characters of JSON; SWF takes ${longest}. Start it from its beginning, or give the client and its deciders a store.`,
    )
  }
  return { start, input }
}

/** The last event of the step that an execution's failure names; Infinity where it names none. */
function failedAt(events: readonly HistoryEvent[], details: string): number {
  const named = parseJson(details)
  if (!Value.Check(FailedStep, named)) return Infinity
  const attempts = `${stepId(named.activity, named.key)}#`
  const scheduled = new Set<number>()
  let at = Infinity
  for (const event of events) {
    const refused = event.scheduleActivityTaskFailedEventAttributes?.activityId
    if (event.activityTaskScheduledEventAttributes?.activityId?.startsWith(attempts)) scheduled.add(idOf(event))
    const { scheduledEventId } =
      event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes ?? {}
    if (scheduled.has(scheduledEventId ?? 0) || refused?.startsWith(attempts)) at = idOf(event)
  }
  return at
}

function whatWasDone(events: readonly HistoryEvent[], end: number): Omit<EarlierRun, 'execution'> {
  const done: EarlierRun['done'] = {}
  const local: EarlierRun['local'] = {}
  const signals: EarlierRun['signals'] = []
  const byId = new Map(events.map((event) => [idOf(event), event]))
  /** What began an event, unless that was too late. */
  const begun = (initiatingId: number | undefined) =>
    initiatingId === undefined || initiatingId > end ? undefined : byId.get(initiatingId)

  for (const event of events) {
    const activity = event.activityTaskCompletedEventAttributes
    const timer = event.timerFiredEventAttributes
    const child = event.childWorkflowExecutionCompletedEventAttributes
    const sent = event.externalWorkflowExecutionSignaledEventAttributes
    const marker = event.markerRecordedEventAttributes
    const signal = event.workflowExecutionSignaledEventAttributes
    if (activity) {
      const { activityId, activityType } = begun(activity.scheduledEventId)?.activityTaskScheduledEventAttributes ?? {}
      if (activityId !== undefined)
        done[activityId.replace(/#\d+$/, '')] = { ...version(activityType), ...value(activity.result) }
    } else if (timer?.timerId !== undefined) {
      if (/^sleep(\.|$)/.test(timer.timerId) && begun(timer.startedEventId)) done[timer.timerId] = {}
    } else if (child?.workflowExecution?.workflowId !== undefined) {
      if (begun(child.initiatedEventId))
        done[child.workflowExecution.workflowId] = { ...version(child.workflowType), ...value(child.result) }
    } else if (sent) {
      const { control } = begun(sent.initiatedEventId)?.signalExternalWorkflowExecutionInitiatedEventAttributes ?? {}
      if (control !== undefined) done[control] = { value: true }
    } else if (marker?.markerName !== undefined) {
      if (idOf(event) <= end) local[marker.markerName] = value(marker.details)
    } else if (signal?.signalName !== undefined) {
      signals.push({ name: signal.signalName, ...(signal.input === undefined ? {} : { input: signal.input }) })
    }
  }
  return { done, local, signals }
}

function version(type: { version: string | undefined } | undefined): { version?: string } {
  return type?.version === undefined ? {} : { version: type.version }
}

function value(text: string | undefined): { value?: unknown } {
  return text === undefined || text === '' ? {} : { value: parseJson(text) }
}
