import type { Draft } from './draft.ts'
import type { ChildPolicy, EventAttributes } from './events.ts'
import type { CloseStatus, ExecutionState, Reducers } from './state.ts'

// Open activities, timers and children stay in the state: the description of a closed execution counts them.
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

/** With the child policy of the execution where `how` names none. */
export function terminate(
  draft: Draft,
  how: Omit<Terminated, 'childPolicy'> & { childPolicy?: ChildPolicy | undefined },
): void {
  const { reason, details, cause, childPolicy = draft.state.configuration.childPolicy } = how
  draft.record('WorkflowExecutionTerminated', { childPolicy, reason, details, cause })
}
