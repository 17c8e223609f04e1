import type { ProcessName } from '@continuum/environments'
import { interpolate, type Input } from '@pulumi/pulumi'
import type { Alarm, AlarmOfAlarms, Metric } from './alarm.ts'
import { logsOf, statusOf } from './commands.ts'

interface WatchedDomain {
  /** Its name. */
  environment: string
  domain: Input<string>
  stalledPollerMinutes: number
}

/**
 * SWF counts executions by workflow type and version, and activities by activity type and version; there is no metric of a
 * whole domain. A query adds them up, those included that a later release registers.
 */
const ofWorkflows = (metric: string, domain: Input<string>) =>
  interpolate`SELECT SUM(${metric}) FROM SCHEMA("AWS/SWF", Domain, WorkflowTypeName, WorkflowTypeVersion) WHERE Domain = '${domain}'`
const ofActivities = (metric: string, domain: Input<string>) =>
  interpolate`SELECT SUM(${metric}) FROM SCHEMA("AWS/SWF", Domain, ActivityTypeName, ActivityTypeVersion) WHERE Domain = '${domain}'`

/** How many tasks wait in a task list. SWF has this metric of decisions and of activities alike. */
export const pendingTasks = (domain: Input<string>, taskList: string): Metric => ({
  namespace: 'AWS/SWF',
  name: 'PendingTasks',
  dimensions: { Domain: domain, TaskListName: taskList },
  statistic: 'Sum',
})

/** What is told of executions and activities. */
export function workflowAlarms({ environment, domain }: WatchedDomain): Alarm[] {
  const first = `First: open the dashboard, where the article shows the step and the reason. Put right what it names, then deliver the package again: a new run starts from the beginning and does no harm.`
  const once = { is: 'above', threshold: 0, minutes: 5, periodMinutes: 5, silence: 'well' } as const
  return [
    {
      key: 'workflows-failed',
      watched: { query: ofWorkflows('WorkflowsFailed', domain) },
      ...once,
      description: interpolate`An execution in the SWF domain ${domain} failed: an article was not published, or what follows its publication was not done. Every retry had been used up, or none could have helped.\n\n${first}`,
    },
    {
      key: 'workflows-timed-out',
      watched: { query: ofWorkflows('WorkflowsTimedOut', domain) },
      ...once,
      description: interpolate`An execution in the SWF domain ${domain} was not done in its seven days, and SWF ended it.\n\n${first} If many end so, decider or worker stood still for days: see their alarms.`,
    },
    {
      key: 'activities-lost',
      watched: { query: ofActivities('StartedActivityTasksTimedOutOnHeartbeat', domain) },
      ...once,
      threshold: 4,
      minutes: 15,
      periodMinutes: 15,
      description: interpolate`In 15 minutes five or more activities in the SWF domain ${domain} fell silent: workers die, or are starved. Each is tried again by itself.\n\nFirst: look at the stopped tasks of the service worker in ECS. "OutOfMemory" or exit code 137: give it more memory (processes.worker.memory). Else: ${logsOf(environment, 'worker')}. A deployment of the worker alone loses none: it gives its tasks back.`,
    },
  ]
}

/**
 * A stalled poller is seen by two signs at once: in each minute of the given time a task waits in a list, and in all that time
 * not one is finished. Waiting alone is no sign, for it is what a busy night looks like; finishing none alone is what a quiet one
 * looks like. AWS/SWF has no metric of polls by domain, so a poller that polls and finishes nothing is told as well.
 */
export function stalledPollers({ environment, domain, stalledPollerMinutes: minutes }: WatchedDomain): AlarmOfAlarms[] {
  const waits = (taskList: string): Alarm => ({
    key: `${taskList}-wait`,
    watched: { metric: pendingTasks(domain, taskList) },
    is: 'above',
    threshold: 0,
    minutes,
    periodMinutes: 1,
    silence: 'well',
    description: interpolate`A task waits in the list ${taskList} of ${domain}. Nobody is told of this alone: it is part of another alarm.`,
  })
  const noneFinished = (what: string, query: Input<string>): Alarm => ({
    key: `no-${what}-finished`,
    watched: { query },
    is: 'below',
    threshold: 1,
    minutes,
    periodMinutes: 1,
    silence: 'ill',
    description: interpolate`None of the ${what} of ${domain} was finished for ${minutes} minutes. Nobody is told of this alone: it is part of another alarm.`,
  })
  const stalled = (taskList: string, process: ProcessName, none: Alarm): AlarmOfAlarms => ({
    key: `${taskList}-stalled`,
    all: [waits(taskList), none],
    description: interpolate`For ${minutes} minutes tasks have waited in the list ${taskList} of ${domain} and none was finished: ${process} does not poll, or hangs. Articles stand still; nothing is lost, SWF keeps the tasks and they go on as soon as somebody polls.\n\nFirst: does ${process} run, and what does it say? ${statusOf(environment)}; ${logsOf(environment, process)} ("not authorised": its role; "throttled": too much at once). If it runs and says nothing, stop its tasks: ECS starts new ones, and what they had under way is tried again.${taskList === 'images' ? ' Two very large articles at once can look the same for a while: the log then shows figures being converted.' : ''}`,
  })
  const decisions = noneFinished('decisions', ofWorkflows('DecisionTasksCompleted', domain))
  const activities = noneFinished('activities', ofActivities('ActivityTasksCompleted', domain))
  return [
    stalled('decisions', 'decider', decisions),
    stalled('activities', 'worker', activities),
    stalled('images', 'worker', activities),
  ]
}
