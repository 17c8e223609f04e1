import type { Decision } from '@aws-sdk/client-swf'
import type { Activity } from '../../declare/activity.ts'
import { type Duration, toSeconds } from '../../values/duration.ts'
import { checkLength } from '../../values/payload.ts'
import type { TaskInput } from '../../declare/task-input.ts'

/** Room for the digits of later attempts: an input that fits the first attempt must fit the last. */
const reservedLength = 16

/**
 * Builds the decision that schedules an attempt. It sets all time-outs and the task list, so that the defaults of the
 * registered type do not matter.
 * @param limits limits of the environment: maximum heartbeat time-out, and maximum input length in characters
 * @throws PayloadTooLargeError
 */
export function scheduleActivity(
  id: string,
  activity: Activity,
  {
    attempt,
    maxAttempts,
    input,
    lastHeartbeat,
  }: { attempt: number; maxAttempts: number; input: unknown; lastHeartbeat: unknown },
  limits: { readonly heartbeat: Duration | undefined; readonly payload: number },
): Decision {
  const { name, version, taskList, priority, timeouts } = activity
  const heartbeat = shorter(timeouts.heartbeat, limits.heartbeat)
  const task: TaskInput = {
    attempt,
    attempts: maxAttempts,
    ...(heartbeat === undefined ? {} : { heartbeat }),
    input,
  }
  return {
    decisionType: 'ScheduleActivityTask',
    scheduleActivityTaskDecisionAttributes: {
      activityId: id,
      activityType: { name, version },
      taskList: { name: taskList },
      ...(priority === undefined ? {} : { taskPriority: String(priority) }),
      input: withHeartbeat(task, lastHeartbeat, `Input of ${id}`, limits.payload),
      startToCloseTimeout: String(toSeconds(timeouts.startToClose)),
      heartbeatTimeout: heartbeat === undefined ? 'NONE' : String(heartbeat),
      scheduleToStartTimeout:
        timeouts.scheduleToStart === undefined ? 'NONE' : String(toSeconds(timeouts.scheduleToStart)),
      scheduleToCloseTimeout: 'NONE',
    },
  }
}

/** Encodes a task with the last heartbeat, which is dropped if it does not fit beside the input: it only saves work. */
function withHeartbeat(task: TaskInput, lastHeartbeat: unknown, subject: string, maxLength: number): string {
  const whole = JSON.stringify({ ...task, lastHeartbeat })
  if (whole.length <= maxLength) return whole
  const bare = JSON.stringify(task)
  checkLength(bare, subject, maxLength - reservedLength)
  return bare
}

/** Returns the shorter duration in seconds. The environment may shorten a declared heartbeat, never add one. */
function shorter(declared: Duration | undefined, max: Duration | undefined): number | undefined {
  if (declared === undefined) return undefined
  return max === undefined ? toSeconds(declared) : Math.min(toSeconds(declared), toSeconds(max))
}
