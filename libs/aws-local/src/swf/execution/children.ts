import type { ExecutionState, Reducers } from './state.ts'

function forget(state: ExecutionState, event: { attributes: { initiatedEventId: number } }): void {
  state.children.delete(event.attributes.initiatedEventId)
}

export const childEvents = {
  StartChildWorkflowExecutionInitiated(state, { id, attributes: { workflowId, workflowType } }) {
    state.children.set(id, { initiatedEventId: id, workflowId, workflowType })
  },
  ChildWorkflowExecutionStarted(state, { id, attributes }) {
    const child = state.children.get(attributes.initiatedEventId)
    if (child === undefined) return
    child.run = attributes.workflowExecution
    child.startedEventId = id
  },
  StartChildWorkflowExecutionFailed: forget,
  ChildWorkflowExecutionCompleted: forget,
  ChildWorkflowExecutionFailed: forget,
  ChildWorkflowExecutionTimedOut: forget,
  ChildWorkflowExecutionCanceled: forget,
  ChildWorkflowExecutionTerminated: forget,
} satisfies Reducers
