import type { HistoryEvent } from '@aws-sdk/client-swf'
import { Value } from 'typebox/value'
import { readFailure } from '../declare/failure.ts'
import { TaskInput } from '../declare/task-input.ts'
import { readStart } from './earlier-run.ts'
import { idOf, timeOf } from './event-attributes.ts'
import { childClose, stepOf, timeoutText } from './event-text.ts'
import { failedStepId } from './failed-step.ts'
import type { InspectedAttempt, InspectedExecution, InspectedStep, Wait } from './inspected-execution.ts'
import { createStepOrder } from './step-order.ts'
import { waitsOf } from './waits.ts'
import { outcomeOf } from '../values/outcome.ts'
import { isReference, parseJson } from '../values/payload.ts'
import { retryNowSignal } from '../values/retry-now-signal.ts'

type Change<Value> = { -readonly [Key in keyof Value]: Value[Key] }
type OpenStep = Change<InspectedStep> & { attempts: Change<InspectedAttempt>[]; after: string[] }

/**
 * Reads the steps of an execution from its history: the state of each, its attempts, and the steps that it follows; and the
 * reasons why the execution waits.
 * @param events the whole history, in order
 * @throws MalformedHistoryError
 */
export function inspectHistory(events: readonly HistoryEvent[]): InspectedExecution {
  const steps = new Map<string, OpenStep>()
  const order = createStepOrder()
  const byEvent = new Map<number, { step: OpenStep; attempt?: Change<InspectedAttempt> }>()
  const start = events[0]?.workflowExecutionStartedEventAttributes
  const stored = isReference(start?.input ?? '')
  const { input, earlierRun } = stored ? { input: start?.input } : readStart(start?.input)
  for (const [id, { value }] of Object.entries(earlierRun?.done ?? {})) {
    const kind = /^sleep(\.|$)/.test(id) ? 'timer' : id.includes(' to ') ? 'signal' : 'activity'
    const result = value === undefined ? {} : { result: JSON.stringify(value) }
    steps.set(id, { id, kind, name: nameOf(id), state: 'completed', earlier: true, attempts: [], after: [], ...result })
  }
  let decider: Extract<Wait, { kind: 'decider' }> | undefined

  const begin = (
    event: HistoryEvent,
    id: string,
    decision: number | undefined,
    more: Pick<OpenStep, 'kind' | 'name' | 'state'> & Partial<OpenStep>,
  ): OpenStep => {
    const known = steps.get(id)
    const step = known && !known.earlier ? known : { id, attempts: [], after: order.begun(id, decision), ...more }
    step.began ??= timeOf(event)
    step.state = more.state
    delete step.retry
    steps.set(id, step)
    return step
  }
  const end = (event: HistoryEvent, step: OpenStep, state: OpenStep['state'], result?: string) => {
    step.state = state
    step.ended = timeOf(event)
    if (result !== undefined && result !== '') step.result = result
    order.ended(step.id, idOf(event))
  }
  const endAttempt = (event: HistoryEvent, of: number | undefined, how: Partial<InspectedAttempt>) => {
    const found = byEvent.get(of ?? 0)
    if (found?.attempt === undefined) return undefined
    Object.assign(found.attempt, { ended: timeOf(event), ...how })
    return found.step
  }

  for (const event of events) {
    switch (event.eventType) {
      case 'DecisionTaskScheduled':
        decider = {
          kind: 'decider',
          taskList: event.decisionTaskScheduledEventAttributes?.taskList?.name ?? '?',
          since: timeOf(event),
        }
        break
      case 'DecisionTaskCompleted':
        order.decided(idOf(event), event.decisionTaskCompletedEventAttributes?.startedEventId ?? 0)
        decider = undefined
        break
      case 'ActivityTaskScheduled': {
        const scheduled = event.activityTaskScheduledEventAttributes
        const { activityId = '?', activityType, taskList } = scheduled ?? {}
        const task = parseJson(scheduled?.input ?? '')
        const known = Value.Check(TaskInput, task) ? task : undefined
        const step = begin(event, stepOf(activityId), scheduled?.decisionTaskCompletedEventId, {
          kind: 'activity',
          name: activityType?.name ?? '?',
          state: 'scheduled',
          taskList: taskList?.name ?? '?',
        })
        const given = known === undefined ? scheduled?.input : JSON.stringify(known.input)
        if (given !== undefined) step.input = given
        const attempt: Change<InspectedAttempt> = {
          id: activityId,
          number: known?.attempt ?? step.attempts.length + 1,
          max: known?.attempts,
          scheduled: timeOf(event),
          outcome: 'scheduled',
          limit: scheduled?.startToCloseTimeout,
          heartbeat: scheduled?.heartbeatTimeout,
        }
        step.attempts.push(attempt)
        byEvent.set(idOf(event), { step, attempt })
        break
      }
      case 'ActivityTaskStarted': {
        const { scheduledEventId, identity } = event.activityTaskStartedEventAttributes ?? {}
        const found = byEvent.get(scheduledEventId ?? 0)
        if (found?.attempt === undefined) break
        Object.assign(found.attempt, { started: timeOf(event), worker: identity, outcome: 'running' })
        found.step.state = 'running'
        break
      }
      case 'ActivityTaskCompleted': {
        const { scheduledEventId, result } = event.activityTaskCompletedEventAttributes ?? {}
        const step = endAttempt(event, scheduledEventId, { outcome: 'completed' })
        if (step) end(event, step, 'completed', result)
        break
      }
      case 'ActivityTaskFailed': {
        const { scheduledEventId, reason, details } = event.activityTaskFailedEventAttributes ?? {}
        const { message } = readFailure(reason, details)
        const interrupted = reason === 'WorkerStopping'
        const outcome = interrupted ? 'interrupted' : 'failed'
        const step = endAttempt(event, scheduledEventId, { outcome, message: `${reason}: ${message}` })
        if (step && !interrupted) end(event, step, 'failed')
        break
      }
      case 'ActivityTaskTimedOut': {
        const { scheduledEventId, timeoutType } = event.activityTaskTimedOutEventAttributes ?? {}
        const { step: of, attempt } = byEvent.get(scheduledEventId ?? 0) ?? {}
        const limits = { run: attempt?.limit, heartbeat: attempt?.heartbeat, list: of?.taskList ?? '?' }
        const worker = attempt?.worker ?? 'an unnamed worker'
        const message = `${timeoutType}: ${timeoutText(timeoutType, { worker, limits })}`
        const step = endAttempt(event, scheduledEventId, { outcome: 'timed out', message })
        if (step) end(event, step, 'failed')
        break
      }
      case 'ActivityTaskCanceled': {
        const { scheduledEventId } = event.activityTaskCanceledEventAttributes ?? {}
        const step = endAttempt(event, scheduledEventId, { outcome: 'canceled' })
        if (step) end(event, step, 'canceled')
        break
      }
      case 'ScheduleActivityTaskFailed': {
        const {
          activityId = '?',
          activityType,
          cause,
          decisionTaskCompletedEventId,
        } = event.scheduleActivityTaskFailedEventAttributes ?? {}
        const name = activityType?.name ?? '?'
        const step = begin(event, stepOf(activityId), decisionTaskCompletedEventId, {
          kind: 'activity',
          name,
          state: 'failed',
        })
        const number = step.attempts.length + 1
        const at = timeOf(event)
        const message = `SWF did not schedule it: ${cause}`
        step.attempts.push({
          id: activityId,
          number,
          max: undefined,
          scheduled: at,
          ended: at,
          outcome: 'failed',
          message,
        })
        end(event, step, 'failed')
        break
      }
      case 'TimerStarted': {
        const {
          timerId = '?',
          startToFireTimeout = '0',
          decisionTaskCompletedEventId,
        } = event.timerStartedEventAttributes ?? {}
        const due = timeOf(event).add({ seconds: Number(startToFireTimeout) })
        if (timerId.startsWith('retry.')) {
          const attemptId = timerId.slice('retry.'.length)
          const step = steps.get(stepOf(attemptId))
          if (!step) break
          step.state = 'retrying'
          step.retry = { attemptId, at: due }
          delete step.ended
          order.reopened(step.id)
          byEvent.set(idOf(event), { step })
        } else {
          const wait = timerId.startsWith('signal.')
          const step = begin(event, wait ? stepOf(timerId) : timerId, decisionTaskCompletedEventId, {
            kind: wait ? 'signal' : 'timer',
            name: wait ? stepOf(timerId).slice('signal.'.length) : timerId,
            state: 'waiting',
          })
          step.due = due
          byEvent.set(idOf(event), { step })
        }
        break
      }
      case 'TimerFired':
      case 'TimerCanceled': {
        const of = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes
        const step = byEvent.get(of?.startedEventId ?? 0)?.step
        if (!step) break
        delete step.retry
        if (step.kind === 'activity') break
        const fired = event.eventType === 'TimerFired'
        end(event, step, fired || step.kind === 'signal' ? 'completed' : 'canceled')
        break
      }
      case 'WorkflowExecutionSignaled': {
        const { signalName = '?', input: payload } = event.workflowExecutionSignaledEventAttributes ?? {}
        if (signalName === retryNowSignal) break
        const id = `signal.${signalName}`
        const more = { kind: 'signal', name: signalName, state: 'completed' } as const
        const step = steps.get(id) ?? begin(event, id, undefined, more)
        end(event, step, 'completed', payload)
        break
      }
      case 'StartChildWorkflowExecutionInitiated': {
        const child = event.startChildWorkflowExecutionInitiatedEventAttributes
        const step = begin(event, child?.workflowId ?? '?', child?.decisionTaskCompletedEventId, {
          kind: 'child',
          name: child?.workflowType?.name ?? '?',
          state: 'running',
        })
        if (child?.input !== undefined) step.input = child.input
        byEvent.set(idOf(event), { step })
        break
      }
      case 'ChildWorkflowExecutionStarted': {
        const { workflowExecution, initiatedEventId } = event.childWorkflowExecutionStartedEventAttributes ?? {}
        const step = byEvent.get(initiatedEventId ?? 0)?.step
        if (step && workflowExecution?.runId !== undefined) step.childRun = workflowExecution.runId
        break
      }
      case 'SignalExternalWorkflowExecutionInitiated': {
        const sent = event.signalExternalWorkflowExecutionInitiatedEventAttributes
        const id = sent?.control ?? `${sent?.signalName} to ${sent?.workflowId}`
        const more = { kind: 'signal', name: id, state: 'running' } as const
        const step = begin(event, id, sent?.decisionTaskCompletedEventId, more)
        if (sent?.input !== undefined) step.input = sent.input
        byEvent.set(idOf(event), { step })
        break
      }
      case 'ExternalWorkflowExecutionSignaled':
      case 'SignalExternalWorkflowExecutionFailed': {
        const of =
          event.externalWorkflowExecutionSignaledEventAttributes ??
          event.signalExternalWorkflowExecutionFailedEventAttributes
        const step = byEvent.get(of?.initiatedEventId ?? 0)?.step
        if (step) end(event, step, event.eventType === 'ExternalWorkflowExecutionSignaled' ? 'completed' : 'failed')
        break
      }
      default: {
        const child = childClose(event)
        const step = byEvent.get(child?.initiatedEventId ?? 0)?.step
        if (!child || !step) break
        const result = event.childWorkflowExecutionCompletedEventAttributes?.result
        const state = child.how === 'completed' ? 'completed' : child.how.includes('cancelled') ? 'canceled' : 'failed'
        end(event, step, state, result)
        if (state !== 'completed') step.message = child.how
      }
    }
  }
  const last = events.at(-1)
  const outcome = last === undefined ? undefined : outcomeOf(last)
  const all = [...steps.values()]
  return {
    workflow: { name: start?.workflowType?.name ?? '?', version: start?.workflowType?.version ?? '?' },
    started: events[0] === undefined ? undefined : timeOf(events[0]),
    ended: outcome === undefined || last === undefined ? undefined : timeOf(last),
    input,
    tags: start?.tagList ?? [],
    parent: start?.parentWorkflowExecution?.workflowId === undefined ? undefined : start.parentWorkflowExecution,
    rerunOf: earlierRun?.execution,
    outcome,
    failedStep: outcome !== undefined && 'details' in outcome ? failedStepId(outcome.details) : undefined,
    steps: outcome === undefined ? all : all.map(closeStep),
    waits: outcome === undefined ? waitsOf(all, decider) : [],
  }
}

/** Ends a step that the end of its execution cut off. */
function closeStep(step: InspectedStep): InspectedStep {
  const open = step.state !== 'completed' && step.state !== 'failed' && step.state !== 'canceled'
  const { retry: _, ...rest } = step
  return open ? { ...rest, state: 'cut off' } : step
}

function nameOf(id: string): string {
  return id.startsWith('sleep') || id.includes(' to ') ? id : id.replace(/\..*$/, '')
}
