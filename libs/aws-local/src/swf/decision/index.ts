import { scheduleDecisionTask } from '../execution/decision-tasks.ts'
import type { Draft } from '../execution/draft.ts'
import type { EventAttributes } from '../execution/events.ts'
import { invalid } from '../wire/errors.ts'
import { constraints, oneOf, violation } from '../wire/shape.ts'
import { requestCancelActivityTask, scheduleActivityTask } from './activities.ts'
import { cancelWorkflowExecution, completeWorkflowExecution, failWorkflowExecution } from './closing.ts'
import type { DecisionKind, Step, DecisionContext } from './decision.ts'
import { requestCancelExternalWorkflowExecution, signalExternalWorkflowExecution } from './external.ts'
import { scheduleLambdaFunction } from './lambda.ts'
import { recordMarker } from './markers.ts'
import { continueAsNewWorkflowExecution, startChildWorkflowExecution } from './new-executions.ts'
import { cancelTimer, startTimer } from './timers.ts'

const kinds = new Map<string, DecisionKind>(
  Object.entries({
    ScheduleActivityTask: scheduleActivityTask,
    RequestCancelActivityTask: requestCancelActivityTask,
    CompleteWorkflowExecution: completeWorkflowExecution,
    FailWorkflowExecution: failWorkflowExecution,
    CancelWorkflowExecution: cancelWorkflowExecution,
    ContinueAsNewWorkflowExecution: continueAsNewWorkflowExecution,
    RecordMarker: recordMarker,
    StartTimer: startTimer,
    CancelTimer: cancelTimer,
    SignalExternalWorkflowExecution: signalExternalWorkflowExecution,
    RequestCancelExternalWorkflowExecution: requestCancelExternalWorkflowExecution,
    StartChildWorkflowExecution: startChildWorkflowExecution,
    ScheduleLambdaFunction: scheduleLambdaFunction,
  }),
)
const decisionType = oneOf(...kinds.keys())

/**
 * Parses a batch of decisions; one invalid decision rejects the whole batch.
 * @throws {SwfError} ValidationException: unknown type, missing or invalid attribute, any decision after a closing one, or one that
 * starts what the close would end at once
 */
export function parseDecisions(batch: readonly Record<string, unknown>[]): Step[] {
  const problems: string[] = []
  const steps = batch.map((raw, at) => {
    const path = `decisions.${at + 1}.member`
    const type = raw['decisionType'] ?? undefined
    if (type === undefined) problems.push(violation(type, `${path}.decisionType`, 'not be null'))
    else if (decisionType.check(type, `${path}.decisionType`, problems))
      return kinds.get(type)?.parse(type, raw, path, problems)
    return undefined
  })
  if (problems.length > 0) throw constraints(problems)
  const parsed = steps.filter((step) => step !== undefined)
  const close = parsed.findIndex((step) => step.closes)
  if (close !== -1 && close < parsed.length - 1) throw invalid('Close must be last decision in list')
  if (close !== -1 && parsed.some((step) => incompatibleWithClose.has(step.type)))
    throw invalid('Specified decision is incompatible with close decision')
  return parsed
}

// SWF does not document the condition for this error; other deciders met it when they closed while starting one of these.
const incompatibleWithClose = new Set(['ScheduleActivityTask', 'StartTimer'])

/** Records the completion of the decision task and applies the decisions in order. */
export function takeDecisions(
  draft: Draft,
  completed: EventAttributes['DecisionTaskCompleted'],
  steps: readonly Step[],
  context: DecisionContext,
): void {
  const unseenChange = draft.state.waitingDecision !== undefined
  const decisionTaskCompletedEventId = draft.record('DecisionTaskCompleted', completed)
  let again = false
  const requestDecisionTask = () => {
    again = true
  }
  for (const step of steps)
    step.take(draft, { ...context, decisionTaskCompletedEventId, unseenChange, requestDecisionTask })
  if (again) scheduleDecisionTask(draft)
}
