import type { EventAttributes, EventOf, EventType, TaskList, Run, Versioned } from './events.ts'

export const closeStatuses = ['COMPLETED', 'FAILED', 'CANCELED', 'TERMINATED', 'CONTINUED_AS_NEW', 'TIMED_OUT'] as const
export type CloseStatus = (typeof closeStatuses)[number]

/**
 * An open decision task. An execution has at most one started task (with its decider) and one scheduled task (in its task list, but
 * handed out only when none is started).
 */
export interface WaitingDecision {
  readonly scheduledEventId: number
  readonly scheduledAt: number
  readonly attributes: EventAttributes['DecisionTaskScheduled']
}
export interface StartedDecision extends WaitingDecision {
  readonly startedEventId: number
  readonly startedAt: number
}

/** An activity from its scheduling to its close. */
export interface Activity {
  readonly scheduledEventId: number
  readonly scheduledAt: number
  readonly attributes: EventAttributes['ActivityTaskScheduled']
  started?: { eventId: number; at: number }
  /** The last heartbeat; heartbeats are not events. */
  heartbeat?: { at: number; details?: string }
  cancelRequestedEventId?: number
}

export interface Timer {
  readonly startedEventId: number
  readonly timerId: string
  readonly due: number
}

/** A child from its initiation to its close; `run` is set once it has started. */
export interface Child {
  readonly initiatedEventId: number
  readonly workflowId: string
  readonly workflowType: Versioned
  run?: Run
  startedEventId?: number
}

/** The state of an execution, as its history determines it, and everything needed to write the next event. */
export interface ExecutionState {
  readonly domain: string
  readonly run: Run
  readonly configuration: EventAttributes['WorkflowExecutionStarted']
  readonly startedAt: number
  lastEventId: number
  lastEventAt: number
  closed?: { status: CloseStatus; at: number }
  cancelRequested: boolean
  latestExecutionContext?: string
  latestActivityTaskAt?: number
  waitingDecision?: WaitingDecision
  startedDecision?: StartedDecision
  /** DecisionTaskStarted event of the last completed decision task; 0 before the first. */
  previousStartedEventId: number
  /** The task list that the decider chose for later decision tasks, if any. */
  ownDecisionList?: { taskList: TaskList; scheduleToStartTimeout: string }
  readonly activities: Map<number, Activity>
  readonly activityIds: Map<string, Activity>
  readonly timers: Map<string, Timer>
  readonly children: Map<number, Child>
}

/** Changes that each type of event makes in the state; a type that is not named changes nothing. */
export type Reducers = { [T in EventType]?: (state: ExecutionState, event: EventOf<T>) => void }

/** The state before WorkflowExecutionStarted, the first event of each history. */
export function firstState(
  domain: string,
  run: Run,
  configuration: EventAttributes['WorkflowExecutionStarted'],
  at: number,
): ExecutionState {
  return {
    domain,
    run,
    configuration,
    startedAt: at,
    lastEventId: 0,
    lastEventAt: at,
    cancelRequested: false,
    previousStartedEventId: 0,
    activities: new Map(),
    activityIds: new Map(),
    timers: new Map(),
    children: new Map(),
  }
}
