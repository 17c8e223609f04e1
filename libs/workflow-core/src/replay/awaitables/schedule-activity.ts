import type { Decision } from '@aws-sdk/client-swf'
import type { Activity } from '../../declare/activity.ts'
import { type Duration, toSeconds } from '../../values/duration.ts'
import { checkLength } from '../../values/payload.ts'
import type { TaskInput } from '../../declare/task-input.ts'

/** Later attempts have more digits: an input that fits the first must fit the last. */
const spare = 16

/**
 * The decision that schedules an attempt. Every time-out and the task list are named, so that nothing depends on what
 * was registered once.
 * @param limits what the environment adds: a cap on heartbeat time-outs, and how long an input may be
 * @throws PayloadTooLarge
 */
export function scheduleActivity(
  id: string,
  activity: Activity,
  {
    attempt,
    attempts,
    input,
    lastHeartbeat,
  }: { attempt: number; attempts: number; input: unknown; lastHeartbeat: unknown },
  limits: { readonly heartbeat: Duration | undefined; readonly payload: number },
): Decision {
  const { name, version, taskList, timeouts } = activity
  const heartbeat = shorter(timeouts.heartbeat, limits.heartbeat)
  const task: TaskInput = {
    attempt,
    attempts,
    ...(heartbeat === undefined ? {} : { heartbeat }),
    input,
  }
  return {
    decisionType: 'ScheduleActivityTask',
    scheduleActivityTaskDecisionAttributes: {
      activityId: id,
      activityType: { name, version },
      taskList: { name: taskList },
      input: withHeartbeat(task, lastHeartbeat, `Input of ${id}`, limits.payload),
      startToCloseTimeout: String(toSeconds(timeouts.run)),
      heartbeatTimeout: heartbeat === undefined ? 'NONE' : String(heartbeat),
      scheduleToStartTimeout: timeouts.queue === undefined ? 'NONE' : String(toSeconds(timeouts.queue)),
      scheduleToCloseTimeout: 'NONE',
    },
  }
}

/** The last heartbeat is left out where it does not fit beside the input: it only saves work. */
function withHeartbeat(task: TaskInput, lastHeartbeat: unknown, subject: string, longest: number): string {
  const whole = JSON.stringify({ ...task, lastHeartbeat })
  if (whole.length <= longest) return whole
  const bare = JSON.stringify(task)
  checkLength(bare, subject, longest - spare)
  return bare
}

/** In seconds. The environment may shorten a declared heartbeat, never add one. */
function shorter(declared: Duration | undefined, longest: Duration | undefined): number | undefined {
  if (declared === undefined) return undefined
  return longest === undefined ? toSeconds(declared) : Math.min(toSeconds(declared), toSeconds(longest))
}
