import { processNames, type ProcessName } from '@continuum/environments'
import { interpolate, type Input } from '@pulumi/pulumi'
import type { Alarm, Metric } from './alarm.ts'
import { logsOf } from './commands.ts'

/** A number of tasks of a service, as Container Insights counts them once a minute. */
const tasks = (cluster: Input<string>, service: Input<string>, name: string): Metric => ({
  namespace: 'ECS/ContainerInsights',
  name,
  dimensions: { ClusterName: cluster, ServiceName: service },
  statistic: 'Average',
})

/** What stands still without the process. */
const withoutIt: Record<ProcessName, string> = {
  decider: 'No publication goes on.',
  worker: 'No step of any publication is done.',
  'queue-worker': 'Packages that arrive are not taken up.',
  'workflow-starter': 'No publication or approval begins.',
  'dashboard-web': 'Nobody can see or approve anything.',
  'dashboard-consumer': 'The dashboard shows nothing new.',
  lax: 'Articles can neither be stored nor asked for; publications wait.',
  journal: 'Readers see no articles; publications wait.',
}

/**
 * Tells of each process of which fewer run than ECS is asked for: the environment's count, or more where it is scaled, or none
 * before there is an image.
 */
export function taskAlarms(
  environment: string,
  cluster: Input<string>,
  services: Partial<Record<ProcessName, Input<string>>>,
): Alarm[] {
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
      silence: 'well',
      description: interpolate`For ten minutes fewer tasks of ${process} have run in the cluster ${cluster} than are wanted. If none does: ${withoutIt[process]} Nothing is lost; it goes on where it stopped.

First: aws ecs describe-services --cluster ${cluster} --services ${service}: its events say why tasks do not start or are stopped ("unable to pull": the image; "unable to place": no capacity in the zones; "failed health checks": its log says the rest). Its log, whose first line names a setting that is missing: ${logsOf(environment, process)}. After a deployment: ECS goes back to what ran before by itself.`,
    }
    return [alarm]
  })
}
