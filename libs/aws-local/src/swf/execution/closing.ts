import type { Draft } from './draft.ts'
import type { ChildPolicy, EventAttributes } from './events.ts'
import type { CloseStatus, ExecutionState, Reducers } from './state.ts'

// Open activities, timers and children stay in the state: DescribeWorkflowExecution counts them after the close too.
const closeAs = (status: CloseStatus) => (state: ExecutionState, event: { at: number }) => {
  state.closed = { status, at: event.at }
  delete state.waitingDecision
  delete state.startedDecision
}

export const closingEvents = {
  WorkflowExecutionCompleted: closeAs('COMPLETED'),
  WorkflowExecutionFailed: closeAs('FAILED'),
  WorkflowExecutionCanceled: closeAs('CANCELED'),
  WorkflowExecutionTimedOut: closeAs('TIMED_OUT'),
  WorkflowExecutionTerminated: closeAs('TERMINATED'),
  WorkflowExecutionContinuedAsNew: closeAs('CONTINUED_AS_NEW'),
} satisfies Reducers

export function timeOutExecution(draft: Draft): void {
  const { childPolicy } = draft.state.configuration
  draft.record('WorkflowExecutionTimedOut', { timeoutType: 'START_TO_CLOSE', childPolicy })
}

type Terminated = EventAttributes['WorkflowExecutionTerminated']

/** Terminates an execution, with its own child policy unless `how` has one. */
export function terminate(
  draft: Draft,
  how: Omit<Terminated, 'childPolicy'> & { childPolicy?: ChildPolicy | undefined },
): void {
  const { reason, details, cause, childPolicy = draft.state.configuration.childPolicy } = how
  draft.record('WorkflowExecutionTerminated', { childPolicy, reason, details, cause })
}
