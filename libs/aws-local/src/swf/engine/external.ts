import { notify } from './family.ts'
import type { SideEffects } from './side-effect.ts'

/** Signals and cancel requests from one execution to another of the same domain. */
export const externalSideEffects = {
  SignalExternalWorkflowExecutionInitiated(engine, source, { id, attributes }) {
    const { workflowId, runId, signalName, input, control, decisionTaskCompletedEventId } = attributes
    const target = engine.open.find(source.state.domain, workflowId, runId)
    if (target === undefined) {
      const cause = 'UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION'
      const ids = { workflowId, runId, control, initiatedEventId: id, decisionTaskCompletedEventId }
      notify(engine, source, (draft) => draft.record('SignalExternalWorkflowExecutionFailed', { cause, ...ids }))
      return
    }
    const from = { externalWorkflowExecution: source.state.run, externalInitiatedEventId: id }
    notify(engine, target, (draft) => draft.record('WorkflowExecutionSignaled', { signalName, input, ...from }))
    const reached = { workflowExecution: target.state.run, initiatedEventId: id }
    notify(engine, source, (draft) => draft.record('ExternalWorkflowExecutionSignaled', reached))
  },

  RequestCancelExternalWorkflowExecutionInitiated(engine, source, { id, attributes }) {
    const { workflowId, runId, control, decisionTaskCompletedEventId } = attributes
    const target = engine.open.find(source.state.domain, workflowId, runId)
    if (target === undefined) {
      const cause = 'UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION'
      const ids = { workflowId, runId, control, initiatedEventId: id, decisionTaskCompletedEventId }
      notify(engine, source, (draft) => draft.record('RequestCancelExternalWorkflowExecutionFailed', { cause, ...ids }))
      return
    }
    const from = { externalWorkflowExecution: source.state.run, externalInitiatedEventId: id }
    notify(engine, target, (draft) => draft.record('WorkflowExecutionCancelRequested', from))
    const reached = { workflowExecution: target.state.run, initiatedEventId: id }
    notify(engine, source, (draft) => draft.record('ExternalWorkflowExecutionCancelRequested', reached))
  },
} satisfies SideEffects
