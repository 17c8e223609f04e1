import type { Draft } from './draft.ts'
import type { TimeoutType } from './events.ts'
import type { ExecutionState, StartedDecision, Reducers } from './state.ts'

export const decisionTaskEvents = {
  DecisionTaskScheduled(state, { id, at, attributes }) {
    state.waitingDecision = { scheduledEventId: id, scheduledAt: at, attributes }
  },
  DecisionTaskStarted(state, { id, at }) {
    if (state.waitingDecision === undefined) return
    state.startedDecision = { ...state.waitingDecision, startedEventId: id, startedAt: at }
    delete state.waitingDecision
  },
  DecisionTaskCompleted(state, { attributes }) {
    delete state.startedDecision
    state.previousStartedEventId = attributes.startedEventId
    if (attributes.executionContext !== undefined) state.latestExecutionContext = attributes.executionContext
    if (attributes.taskList !== undefined)
      state.ownDecisionList = {
        taskList: attributes.taskList,
        scheduleToStartTimeout: attributes.taskListScheduleToStartTimeout ?? 'NONE',
      }
  },
  DecisionTaskTimedOut(state, { attributes }) {
    if (attributes.timeoutType === 'SCHEDULE_TO_START') {
      delete state.waitingDecision
      delete state.ownDecisionList
    } else delete state.startedDecision
  },
} satisfies Reducers

/**
 * Schedules a decision task, unless one is scheduled and not started yet: the central rule of SWF. A started task does not count,
 * because its decider has not seen the latest change.
 */
export function scheduleDecisionTask(draft: Draft): void {
  const { state } = draft
  if (state.waitingDecision !== undefined || state.closed !== undefined) return
  const { configuration, ownDecisionList } = state
  draft.record('DecisionTaskScheduled', {
    taskList: ownDecisionList?.taskList ?? configuration.taskList,
    taskPriority: configuration.taskPriority,
    startToCloseTimeout: configuration.taskStartToCloseTimeout,
    scheduleToStartTimeout: ownDecisionList?.scheduleToStartTimeout ?? 'NONE',
  })
}

/** The decision task to hand out: the scheduled one, unless another one is started. */
export function availableDecision(state: ExecutionState) {
  return state.startedDecision === undefined ? state.waitingDecision : undefined
}

export function startDecision(draft: Draft, scheduledEventId: number, identity: string | undefined): number {
  return draft.record('DecisionTaskStarted', { scheduledEventId, identity })
}

export function timeOutStartedDecision(draft: Draft, { scheduledEventId, startedEventId }: StartedDecision): void {
  timeOut(draft, 'START_TO_CLOSE', scheduledEventId, startedEventId)
}

export function timeOutWaitingDecision(draft: Draft, scheduledEventId: number): void {
  timeOut(draft, 'SCHEDULE_TO_START', scheduledEventId, 0)
}

function timeOut(draft: Draft, timeoutType: TimeoutType, scheduledEventId: number, startedEventId: number): void {
  draft.record('DecisionTaskTimedOut', { timeoutType, scheduledEventId, startedEventId })
  scheduleDecisionTask(draft)
}
