import { cancelActivity } from '../execution/activities.ts'
import type { Draft } from '../execution/draft.ts'
import * as m from '../wire/members.ts'
import { structure, type Of } from '../wire/shape.ts'
import { decision, type ActivityDefaults } from './decision.ts'

/** Maximum number of open activities of an execution. */
const openLimit = 1000

const scheduleShape = structure(
  { activityType: m.versioned, activityId: m.name },
  {
    control: m.data,
    input: m.data,
    scheduleToCloseTimeout: m.duration,
    scheduleToStartTimeout: m.duration,
    startToCloseTimeout: m.duration,
    heartbeatTimeout: m.duration,
    taskList: m.taskList,
    taskPriority: m.priority,
  },
)

type Attributes = Of<typeof scheduleShape>

export const scheduleActivityTask = decision(scheduleShape, (draft, attributes, batch) => {
  const { activityType, activityId, control, input } = attributes
  const { decisionTaskCompletedEventId } = batch
  const type = batch.activityType(activityType)
  const effective = withDefaults(attributes, type?.defaults ?? {})
  const { taskList } = effective
  const cause = whyNot(draft, activityId, type?.status) ?? missingDefault(effective)
  if (cause === undefined && taskList !== undefined) {
    const ids = { activityType, activityId, decisionTaskCompletedEventId }
    draft.record('ActivityTaskScheduled', { ...ids, ...effective, taskList, control, input })
  } else {
    const told = cause ?? 'DEFAULT_TASK_LIST_UNDEFINED'
    draft.record('ScheduleActivityTaskFailed', { activityType, activityId, cause: told, decisionTaskCompletedEventId })
    batch.requestDecisionTask()
  }
})

function whyNot(
  { state }: Draft,
  activityId: string,
  status: 'REGISTERED' | 'DEPRECATED' | undefined,
): string | undefined {
  if (status === undefined) return 'ACTIVITY_TYPE_DOES_NOT_EXIST'
  if (status === 'DEPRECATED') return 'ACTIVITY_TYPE_DEPRECATED'
  if (state.activityIds.has(activityId)) return 'ACTIVITY_ID_ALREADY_IN_USE'
  if (state.activities.size >= openLimit) return 'OPEN_ACTIVITIES_LIMIT_EXCEEDED'
  return undefined
}

function withDefaults(given: Attributes, defaults: ActivityDefaults) {
  return {
    taskList: given.taskList ?? defaults.defaultTaskList,
    taskPriority: given.taskPriority ?? defaults.defaultTaskPriority,
    scheduleToStartTimeout: given.scheduleToStartTimeout ?? defaults.defaultTaskScheduleToStartTimeout,
    scheduleToCloseTimeout: given.scheduleToCloseTimeout ?? defaults.defaultTaskScheduleToCloseTimeout,
    startToCloseTimeout: given.startToCloseTimeout ?? defaults.defaultTaskStartToCloseTimeout,
    heartbeatTimeout: given.heartbeatTimeout ?? defaults.defaultTaskHeartbeatTimeout,
  }
}

function missingDefault(effective: ReturnType<typeof withDefaults>): string | undefined {
  if (effective.taskList === undefined) return 'DEFAULT_TASK_LIST_UNDEFINED'
  if (effective.scheduleToStartTimeout === undefined) return 'DEFAULT_SCHEDULE_TO_START_TIMEOUT_UNDEFINED'
  if (effective.scheduleToCloseTimeout === undefined) return 'DEFAULT_SCHEDULE_TO_CLOSE_TIMEOUT_UNDEFINED'
  if (effective.startToCloseTimeout === undefined) return 'DEFAULT_START_TO_CLOSE_TIMEOUT_UNDEFINED'
  if (effective.heartbeatTimeout === undefined) return 'DEFAULT_HEARTBEAT_TIMEOUT_UNDEFINED'
  return undefined
}

/**
 * Requests the cancellation of an activity. A task that no worker has started is canceled at once; a worker learns of the request
 * from its next heartbeat.
 */
export const requestCancelActivityTask = decision(
  structure({ activityId: m.name }, {}),
  (draft, { activityId }, batch) => {
    const { decisionTaskCompletedEventId } = batch
    const activity = draft.state.activityIds.get(activityId)
    if (activity === undefined) {
      const cause = 'ACTIVITY_ID_UNKNOWN'
      draft.record('RequestCancelActivityTaskFailed', { activityId, cause, decisionTaskCompletedEventId })
      batch.requestDecisionTask()
      return
    }
    draft.record('ActivityTaskCancelRequested', { activityId, decisionTaskCompletedEventId })
    if (activity.started === undefined) {
      cancelActivity(draft, activity, undefined)
      batch.requestDecisionTask()
    }
  },
)
