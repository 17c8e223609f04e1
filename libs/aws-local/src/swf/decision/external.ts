import * as m from '../wire/members.ts'
import { structure } from '../wire/shape.ts'
import { decision } from './decision.ts'

// Both only record the request; the next event tells whether it reached the other execution.

export const signalExternalWorkflowExecution = decision(
  structure({ workflowId: m.workflowId, signalName: m.label }, { runId: m.runId, input: m.data, control: m.data }),
  (draft, { workflowId, runId, signalName, input, control }, { decisionTaskCompletedEventId }) => {
    const attributes = { workflowId, runId, signalName, input, control, decisionTaskCompletedEventId }
    draft.record('SignalExternalWorkflowExecutionInitiated', attributes)
  },
)

export const requestCancelExternalWorkflowExecution = decision(
  structure({ workflowId: m.workflowId }, { runId: m.runId, control: m.data }),
  (draft, { workflowId, runId, control }, { decisionTaskCompletedEventId }) => {
    const attributes = { workflowId, runId, control, decisionTaskCompletedEventId }
    draft.record('RequestCancelExternalWorkflowExecutionInitiated', attributes)
  },
)
