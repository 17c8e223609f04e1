import * as m from '../wire/members.ts'
import { structure } from '../wire/shape.ts'
import { decision, type Batch } from './decision.ts'

/** The cause for which a closing decision fails: the decider has not seen all events. They are in the next decision task. */
export function unhandled({ unseenChange, decisionTaskCompletedEventId }: Batch) {
  return unseenChange ? { cause: 'UNHANDLED_DECISION', decisionTaskCompletedEventId } : undefined
}

export const completeWorkflowExecution = decision(
  structure({}, { result: m.data }),
  (draft, { result }, batch) => {
    const { decisionTaskCompletedEventId } = batch
    const failure = unhandled(batch)
    if (failure) draft.record('CompleteWorkflowExecutionFailed', failure)
    else draft.record('WorkflowExecutionCompleted', { result, decisionTaskCompletedEventId })
  },
  { closes: true, optional: true },
)

export const failWorkflowExecution = decision(
  structure({}, { reason: m.reason, details: m.details }),
  (draft, { reason, details }, batch) => {
    const { decisionTaskCompletedEventId } = batch
    const failure = unhandled(batch)
    if (failure) draft.record('FailWorkflowExecutionFailed', failure)
    else draft.record('WorkflowExecutionFailed', { reason, details, decisionTaskCompletedEventId })
  },
  { closes: true, optional: true },
)

export const cancelWorkflowExecution = decision(
  structure({}, { details: m.details }),
  (draft, { details }, batch) => {
    const { decisionTaskCompletedEventId } = batch
    const failure = unhandled(batch)
    if (failure) draft.record('CancelWorkflowExecutionFailed', failure)
    else draft.record('WorkflowExecutionCanceled', { details, decisionTaskCompletedEventId })
  },
  { closes: true, optional: true },
)
