import type { HistoryEvent } from '@aws-sdk/client-swf'
import { type EarlierRun, readStart, writeRerun } from './earlier-run.ts'
import { required, idOf } from './event-attributes.ts'
import { failedStepId } from './failed-step.ts'
import type { Start } from './workflow-event.ts'
import { NothingToRerunError, PayloadTooLargeError } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { outcomeOf } from '../values/outcome.ts'
import { parseJson, maxPayloadLength } from '../values/payload.ts'
import { retryNowSignal } from '../values/retry-now-signal.ts'

/**
 * Builds the start of a rerun from the failed step: as the execution was started, with the results of everything that
 * succeeded. Steps that began only after the failure are left out, because they dealt with it, such as its report.
 * @param events the whole history; the results that a rerun was given are passed on to the next
 * @param maxLength maximum length of an input in characters
 * @returns `undefined` while the execution is open
 * @throws NothingToRerunError when it completed, or continued as new
 * @throws PayloadTooLargeError when the results do not fit into an input
 * @throws MalformedHistoryError
 */
export function rerunOf(
  execution: Execution,
  events: readonly HistoryEvent[],
  maxLength: number = maxPayloadLength,
): { start: Start; input: string } | undefined {
  const last = events.at(-1)
  const outcome = last === undefined ? undefined : outcomeOf(last)
  if (last === undefined || outcome === undefined) return undefined
  const { workflowId, runId } = execution
  if (outcome.status === 'completed' || outcome.status === 'continued as new') {
    throw new NothingToRerunError(`${workflowId} ${outcome.status}: there is no failed step to rerun it from.`)
  }
  const [first = last] = events
  const start = required(first, first.workflowExecutionStartedEventAttributes, 'start')
  const before = readStart(start.input)
  const earlier = before.earlierRun ?? { execution: { workflowId, runId }, done: {}, local: {}, signals: [] }
  const found = completedWork(events, 'details' in outcome ? failedAt(events, outcome.details) : Infinity)
  const all: EarlierRun = {
    execution: earlier.execution ?? { workflowId, runId },
    done: { ...earlier.done, ...found.done },
    local: { ...earlier.local, ...found.local },
    signals: [...earlier.signals, ...found.signals],
  }
  const input = writeRerun(before.input, all, `Input of ${workflowId}`)
  if (input.length > maxLength) {
    throw new PayloadTooLargeError(
      `The input of ${workflowId} and the results of its ${Object.keys(all.done).length} completed steps have ` +
        `${input.length} characters of JSON; SWF takes at most ${maxLength}. Start it from the beginning, or give the ` +
        'client and its deciders a payload store.',
    )
  }
  return { start, input }
}

/** Finds the last event of the step that the failure of an execution names; Infinity if it names none. */
function failedAt(events: readonly HistoryEvent[], details: string): number {
  const step = failedStepId(details)
  if (step === undefined) return Infinity
  const attempts = `${step}#`
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

/** Collects the results of everything that began by the given event and succeeded. */
function completedWork(events: readonly HistoryEvent[], end: number): Omit<EarlierRun, 'execution'> {
  const done: EarlierRun['done'] = {}
  const local: EarlierRun['local'] = {}
  const signals: EarlierRun['signals'] = []
  const byId = new Map(events.map((event) => [idOf(event), event]))
  /** Finds an initiating event, unless it is too late. */
  const initiating = (initiatingId: number | undefined) =>
    initiatingId === undefined || initiatingId > end ? undefined : byId.get(initiatingId)

  for (const event of events) {
    const activity = event.activityTaskCompletedEventAttributes
    const timer = event.timerFiredEventAttributes
    const child = event.childWorkflowExecutionCompletedEventAttributes
    const sent = event.externalWorkflowExecutionSignaledEventAttributes
    const marker = event.markerRecordedEventAttributes
    const signal = event.workflowExecutionSignaledEventAttributes
    if (activity) {
      const { activityId, activityType } =
        initiating(activity.scheduledEventId)?.activityTaskScheduledEventAttributes ?? {}
      if (activityId !== undefined)
        done[activityId.replace(/#\d+$/, '')] = { ...version(activityType), ...value(activity.result) }
    } else if (timer?.timerId !== undefined) {
      if (/^sleep(\.|$)/.test(timer.timerId) && initiating(timer.startedEventId)) done[timer.timerId] = {}
    } else if (child?.workflowExecution?.workflowId !== undefined) {
      if (initiating(child.initiatedEventId))
        done[child.workflowExecution.workflowId] = { ...version(child.workflowType), ...value(child.result) }
    } else if (sent) {
      const { control } =
        initiating(sent.initiatedEventId)?.signalExternalWorkflowExecutionInitiatedEventAttributes ?? {}
      if (control !== undefined) done[control] = { value: true }
    } else if (marker?.markerName !== undefined) {
      if (idOf(event) <= end) local[marker.markerName] = value(marker.details)
    } else if (signal?.signalName !== undefined && signal.signalName !== retryNowSignal) {
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
