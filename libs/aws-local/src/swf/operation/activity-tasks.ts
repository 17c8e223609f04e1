import { scheduleDecisionTask } from '../execution/decision-tasks.ts'
import { cancelActivity, completeActivity, failActivity, startActivity } from '../execution/activities.ts'
import { domainNamed, nowIn } from './swf.ts'
import * as m from '../wire/members.ts'
import { structure, text } from '../wire/shape.ts'
import { operation } from './operation.ts'
import { nextTask } from './polling.ts'
import { activityOfToken, taskToken } from './task-tokens.ts'

export const pollForActivityTask = operation(
  structure({ domain: m.name, taskList: m.taskList }, { identity: m.identity }),
  async (swf, { domain, taskList, identity }, caller) => {
    domainNamed(swf, domain)
    const task = await nextTask(
      swf,
      'activityTasks',
      { domain, list: taskList.name },
      caller,
      ({ execution, scheduledEventId }) =>
        swf.engine.change(execution, (draft) => {
          const { run, activities } = draft.state
          const activity = activities.get(scheduledEventId)
          if (activity === undefined)
            throw new Error(`The activity ${scheduledEventId} in list ${taskList.name} is not open.`)
          const startedEventId = startActivity(draft, activity, identity)
          const { activityId, activityType, input } = activity.attributes
          const token = taskToken('activity', run.runId, scheduledEventId, startedEventId)
          return { taskToken: token, activityId, startedEventId, workflowExecution: run, activityType, input }
        }),
    )
    return task ?? { startedEventId: 0 }
  },
)

/**
 * Records a heartbeat. It is not an event: it postpones the heartbeat timeout, keeps its details for that, and reports a
 * cancellation request to the worker.
 */
export const recordActivityTaskHeartbeat = operation(
  structure({ taskToken: m.token }, { details: text({ max: 2048 }) }),
  (swf, { taskToken: token, details }) => {
    const { execution, activity } = activityOfToken(swf, token)
    const at = nowIn(swf, execution.state.domain)
    swf.histories.heartbeat(execution.key, activity.scheduledEventId, at, details)
    activity.heartbeat = { at, ...(details === undefined ? {} : { details }) }
    swf.engine.reconsider(execution)
    return { cancelRequested: activity.cancelRequestedEventId !== undefined }
  },
)

export const respondActivityTaskCompleted = operation(
  structure({ taskToken: m.token }, { result: m.data }),
  (swf, { taskToken: token, result }) => {
    const { execution, activity } = activityOfToken(swf, token)
    swf.engine.change(execution, (draft) => completeActivity(draft, activity, result))
  },
)

export const respondActivityTaskFailed = operation(
  structure({ taskToken: m.token }, { reason: m.reason, details: m.details }),
  (swf, { taskToken: token, reason, details }) => {
    const { execution, activity } = activityOfToken(swf, token)
    swf.engine.change(execution, (draft) => failActivity(draft, activity, reason, details))
  },
)

export const respondActivityTaskCanceled = operation(
  structure({ taskToken: m.token }, { details: m.details }),
  (swf, { taskToken: token, details }) => {
    const { execution, activity } = activityOfToken(swf, token)
    swf.engine.change(execution, (draft) => {
      cancelActivity(draft, activity, details)
      scheduleDecisionTask(draft)
    })
  },
)
