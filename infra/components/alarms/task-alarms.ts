import { processNames, type Environment, type ProcessName } from '@continuum/environments'
import { interpolate, type Input } from '@pulumi/pulumi'
import type { Alarm, Metric } from './alarm.ts'
import { logsOf } from './commands.ts'

/** How many tasks of a service run: each says once a minute how much processor it uses, so the number of values is theirs. */
export const runningTasks = (cluster: Input<string>, service: Input<string>): Metric => ({
  namespace: 'AWS/ECS',
  name: 'CPUUtilization',
  dimensions: { ClusterName: cluster, ServiceName: service },
  statistic: 'SampleCount',
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

/** Tells of each process of which fewer run than the least that the environment asks for. */
export function taskAlarms(
  { name, processes }: Pick<Environment, 'name' | 'processes'>,
  cluster: Input<string>,
  services: Partial<Record<ProcessName, Input<string>>>,
): Alarm[] {
  return processNames.flatMap((process) => {
    const service = services[process]
    const { count } = processes[process]
    if (!service || count === 0) return []
    const alarm: Alarm = {
      key: `${process}-tasks`,
      watched: { metric: runningTasks(cluster, service) },
      is: 'below',
      threshold: count,
      minutes: 10,
      periodMinutes: 1,
      silence: 'ill',
      description: interpolate`For ten minutes fewer than ${count} of ${process} have run in the cluster ${cluster}. If none does: ${withoutIt[process]} Nothing is lost; it goes on where it stopped.

First: aws ecs describe-services --cluster ${cluster} --services ${service}: its events say why tasks do not start or are stopped ("unable to pull": the image; "unable to place": no capacity in the zones; "failed health checks": its log says the rest). Its log, whose first line names a setting that is missing: ${logsOf(name, process)}. After a deployment: ECS goes back to what ran before by itself.`,
    }
    return [alarm]
  })
}
