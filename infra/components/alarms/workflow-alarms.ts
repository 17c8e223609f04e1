import type { ProcessName } from '@continuum/environments'
import { interpolate, type Input } from '@pulumi/pulumi'
import type { Alarm, CompositeAlarm, Metric } from './alarm.ts'
import { logsOf, statusOf } from './commands.ts'

interface WatchedDomain {
  /** Its name. */
  environment: string
  domain: Input<string>
  stalledPollerMinutes: number
}

/**
 * SWF counts executions by workflow type and version, and activities by activity type and version; there is no metric for a
 * whole domain. A query adds them up, including types that later releases register.
 */
const ofWorkflows = (metric: string, domain: Input<string>) =>
  interpolate`SELECT SUM(${metric}) FROM SCHEMA("AWS/SWF", Domain, WorkflowTypeName, WorkflowTypeVersion) WHERE Domain = '${domain}'`
const ofActivities = (metric: string, domain: Input<string>) =>
  interpolate`SELECT SUM(${metric}) FROM SCHEMA("AWS/SWF", Domain, ActivityTypeName, ActivityTypeVersion) WHERE Domain = '${domain}'`

/** The number of tasks that wait in a task list; SWF publishes it for decisions and activities alike. */
export const pendingTasks = (domain: Input<string>, taskList: string): Metric => ({
  namespace: 'AWS/SWF',
  name: 'PendingTasks',
  dimensions: { Domain: domain, TaskListName: taskList },
  statistic: 'Sum',
})

/** The alarms of executions and activities. */
export function workflowAlarms({ environment, domain }: WatchedDomain): Alarm[] {
  const first = `First: open the article on the dashboard, which shows the failed step and the reason. Fix the cause, then rerun it or deliver the package again; both are safe.`
  const once = { is: 'above', threshold: 0, minutes: 5, periodMinutes: 5, missingData: 'notBreaching' } as const
  return [
    {
      key: 'workflows-failed',
      watched: { query: ofWorkflows('WorkflowsFailed', domain) },
      ...once,
      description: interpolate`An execution in the SWF domain ${domain} failed: an article was not published, or not archived afterwards. All retries were used up, or a retry could not help.\n\n${first}`,
    },
    {
      key: 'workflows-timed-out',
      watched: { query: ofWorkflows('WorkflowsTimedOut', domain) },
      ...once,
      description: interpolate`An execution in the SWF domain ${domain} did not finish within seven days, so SWF closed it.\n\n${first} If there are many, the decider or the worker was down for days: see their alarms.`,
    },
    {
      key: 'activities-lost',
      watched: { query: ofActivities('StartedActivityTasksTimedOutOnHeartbeat', domain) },
      ...once,
      threshold: 4,
      minutes: 15,
      periodMinutes: 15,
      description: interpolate`Five or more activities in the SWF domain ${domain} stopped sending heartbeats within 15 minutes: workers crash, or are overloaded. Each activity is retried automatically.\n\nFirst: look at the stopped tasks of the service worker in ECS. "OutOfMemory" or exit code 137: raise its memory (processes.worker.memory). Otherwise: ${logsOf(environment, 'worker')}. A deployment does not cause this: a worker that is stopped gives its tasks back.`,
    },
  ]
}

/**
 * The alarms of stalled pollers. A poller is stalled when a task waits in its list in every minute of the given time and none is
 * completed in all of it. Either sign alone is normal: tasks wait on a busy night, and none completes on a quiet one. SWF has no
 * metric of polls by domain, so a process that polls but completes nothing raises the alarm too.
 */
export function stalledPollers({
  environment,
  domain,
  stalledPollerMinutes: minutes,
}: WatchedDomain): CompositeAlarm[] {
  const waits = (taskList: string): Alarm => ({
    key: `${taskList}-wait`,
    watched: { metric: pendingTasks(domain, taskList) },
    is: 'above',
    threshold: 0,
    minutes,
    periodMinutes: 1,
    missingData: 'notBreaching',
    description: interpolate`Tasks wait in the task list ${taskList} of ${domain}. Part of a composite alarm; notifies nobody by itself.`,
  })
  const noneFinished = (what: string, query: Input<string>): Alarm => ({
    key: `no-${what}-finished`,
    watched: { query },
    is: 'below',
    threshold: 1,
    minutes,
    periodMinutes: 1,
    missingData: 'breaching',
    description: interpolate`No ${what} of ${domain} were completed for ${minutes} minutes. Part of a composite alarm; notifies nobody by itself.`,
  })
  const stalled = (taskList: string, process: ProcessName, none: Alarm): CompositeAlarm => ({
    key: `${taskList}-stalled`,
    all: [waits(taskList), none],
    description: interpolate`For ${minutes} minutes tasks have waited in the task list ${taskList} of ${domain} and none was completed: ${process} is down or stuck. Publications are halted. Nothing is lost: SWF keeps the tasks until they are polled again.\n\nFirst: check whether ${process} is running, and its log: ${statusOf(environment)}; ${logsOf(environment, process)} ("not authorised": its task role; "throttled": too many calls). If it is running and logs nothing, stop its tasks: ECS starts new ones, and their work is retried.${taskList === 'images' ? ' Two very large articles at once can look the same for a while; the log then shows figures being converted.' : ''}`,
  })
  const decisions = noneFinished('decisions', ofWorkflows('DecisionTasksCompleted', domain))
  const activities = noneFinished('activities', ofActivities('ActivityTasksCompleted', domain))
  return [
    stalled('decisions', 'decider', decisions),
    stalled('activities', 'worker', activities),
    stalled('images', 'worker', activities),
    stalled('deposit-decisions', 'deposits', decisions),
    stalled('deposits', 'deposits', activities),
  ]
}
