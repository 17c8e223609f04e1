import { processNames, sharedName, type Environment, type ProcessName } from '@continuum/environments'
import { interpolate, type Input } from '@pulumi/pulumi'
import type { Alarm, Metric } from './alarm.ts'
import { logsOf } from './commands.ts'

/** A task count of a service, which Container Insights publishes every minute. */
const tasks = (cluster: Input<string>, service: Input<string>, name: string): Metric => ({
  namespace: 'ECS/ContainerInsights',
  name,
  dimensions: { ClusterName: cluster, ServiceName: service },
  statistic: 'Average',
})

/** The consequence when no task of the process is running. */
const withoutIt: Record<ProcessName, string> = {
  decider: 'No publication proceeds.',
  worker: 'No step of any publication runs.',
  'queue-worker': 'Delivered packages are not picked up.',
  'workflow-starter': 'No publication or approval starts.',
  'dashboard-web': 'The dashboard is unavailable: nothing can be approved.',
  'dashboard-consumer': 'The dashboard is not updated.',
  deposits: 'Nothing goes out to recipients and authors; deposits wait.',
  lax: 'Articles can be neither stored nor read; publications wait.',
  'lax-adaptor': 'Requests to the article store on its queue wait.',
  journal: 'The site is down for readers; publications wait.',
  metrics: 'Usage is not counted: it waits in its queue. The site shows no numbers.',
  api: 'The public API is down for readers; the pipeline is not affected.',
}

/**
 * An alarm for each process with fewer running tasks than ECS is asked for: the environment's count, more where it is scaled, none
 * before an image is deployed. In the shape `small` one alarm for the one task.
 */
export function taskAlarms(
  { name: environment, shape }: Pick<Environment, 'name' | 'shape'>,
  cluster: Input<string>,
  services: Partial<Record<ProcessName, Input<string>>>,
): Alarm[] {
  if (shape === 'small') return [sharedTaskAlarm(environment, cluster)]
  return processNames.flatMap((process) => {
    const service = services[process]
    if (service === undefined) return []
    const alarm: Alarm = {
      key: `${process}-tasks`,
      watched: {
        math: 'desired - FILL(running, 0)',
        of: {
          desired: tasks(cluster, service, 'DesiredTaskCount'),
          running: tasks(cluster, service, 'RunningTaskCount'),
        },
      },
      is: 'above',
      threshold: 0,
      minutes: 10,
      periodMinutes: 1,
      missingData: 'notBreaching',
      description: interpolate`For ten minutes ${process} has had fewer running tasks in the cluster ${cluster} than desired. If none is running: ${withoutIt[process]} Nothing is lost; work resumes where it stopped.

First: aws ecs describe-services --cluster ${cluster} --services ${service}: the events say why tasks fail to start or are stopped ("unable to pull": the image; "unable to place": no capacity in the zones; "failed health checks": see the log). The log, whose first line names an invalid setting: ${logsOf(environment, process)}. After a failed deployment ECS rolls back automatically.`,
    }
    return [alarm]
  })
}

/** Without Container Insights the samples of a task's use of its processor, one a minute, say whether it runs. */
function sharedTaskAlarm(environment: string, cluster: Input<string>): Alarm {
  return {
    key: 'services-tasks',
    watched: {
      metric: {
        namespace: 'AWS/ECS',
        name: 'CPUUtilization',
        dimensions: { ClusterName: cluster, ServiceName: sharedName },
        statistic: 'SampleCount',
      },
    },
    is: 'below',
    threshold: 1,
    minutes: 10,
    periodMinutes: 1,
    missingData: 'breaching',
    description: interpolate`For ten minutes no task has run in the cluster ${cluster}: the site, the dashboard and the pipeline are down, unless no image has been deployed yet. Nothing is lost; work resumes where it stopped.

First: aws ecs describe-services --cluster ${cluster} --services ${sharedName}: the events say why tasks fail to start or are stopped ("unable to pull": the image; "failed health checks": see the log). The log, whose first line names an invalid setting: ${logsOf(environment, 'lax')}. After a failed deployment ECS rolls back automatically.`,
  }
}
