import { applyEvent } from '../execution/apply.ts'
import { decodeEvent } from '../execution/encoding.ts'
import type { EventAttributes, EventOf, EventType, Run } from '../execution/events.ts'
import { firstState, type ExecutionState } from '../execution/state.ts'
import type { Histories } from '../store/histories.ts'

const wholeHistory = { first: 1, last: Number.MAX_SAFE_INTEGER, limit: -1, newestFirst: false }

/** Rebuilds the state of an execution, open or closed, from its stored history. */
export function replay(histories: Histories, key: number, domain: string, run: Run): ExecutionState {
  const [first, ...later] = histories.read(key, wholeHistory).map(decodeEvent)
  if (first === undefined) throw new Error(`The execution ${run.workflowId} (${run.runId}) has no history.`)
  const state = firstState(domain, run, startedBy(first), first.at)
  applyEvent(state, first)
  for (const event of later) applyEvent(state, event)
  histories.restoreHeartbeats(key, state)
  return state
}

function startedBy(event: EventOf<EventType>): EventAttributes['WorkflowExecutionStarted'] {
  if (isStarted(event)) return event.attributes
  throw new Error(`A history begins with ${event.type}.`)
}

const isStarted = (event: EventOf<EventType>): event is EventOf<'WorkflowExecutionStarted'> =>
  event.type === 'WorkflowExecutionStarted'
