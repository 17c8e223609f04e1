import { namesOf } from '@continuum/aws-resources'
import { awsNamesOf, type Environment, type ProcessName } from '@continuum/environments'
import { appautoscaling, type types } from '@pulumi/aws'
import { interpolate, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { ownName } from '../naming.ts'

type Tracking = types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration

/** Scales out after a minute and in after five, since a worker that stops gives its tasks back. */
const cooldown = { scaleOutCooldown: 60, scaleInCooldown: 300 }
const cpuPercent = 60

/**
 * Scales a process whose size sets `most`: workers by their pending tasks, all others by CPU utilisation.
 */
export function makeScaling(
  name: string,
  args: { environment: Environment; process: ProcessName; cluster: Output<string>; service: Output<string> },
  child: CustomResourceOptions,
): void {
  const { environment, process, cluster, service } = args
  const { count, most } = environment.processes[process]
  if (most === undefined) return
  const target = new appautoscaling.Target(
    name,
    {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: interpolate`service/${cluster}/${service}`,
      minCapacity: count,
      maxCapacity: most,
    },
    child,
  )
  new appautoscaling.Policy(
    name,
    {
      name: ownName(environment, process),
      policyType: 'TargetTrackingScaling',
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: process === 'worker' ? byPendingTasks(environment) : byProcessor,
    },
    child,
  )
}

const byProcessor: Tracking = {
  ...cooldown,
  targetValue: cpuPercent,
  predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
}

/**
 * Keeps the pending tasks per running worker at the worker's concurrency. SWF publishes `PendingTasks` per task list, and nothing while
 * there are none; ECS publishes the number of running workers every minute.
 */
export function byPendingTasks(environment: Environment): Tracking {
  const { domain, taskLists } = namesOf(environment)
  const pending = (id: string, taskList: string) => ({
    id,
    returnData: false,
    metricStat: {
      stat: 'Sum',
      metric: {
        namespace: 'AWS/SWF',
        metricName: 'PendingTasks',
        dimensions: [
          { name: 'Domain', value: domain },
          { name: 'TaskListName', value: taskList },
        ],
      },
    },
  })
  return {
    ...cooldown,
    targetValue: environment.workerConcurrency,
    customizedMetricSpecification: {
      metrics: [
        pending('activities', taskLists.activities),
        pending('images', taskLists.images),
        {
          id: 'running',
          returnData: false,
          metricStat: {
            stat: 'Average',
            metric: {
              namespace: 'ECS/ContainerInsights',
              metricName: 'RunningTaskCount',
              dimensions: [
                { name: 'ClusterName', value: awsNamesOf(environment).cluster },
                { name: 'ServiceName', value: 'worker' },
              ],
            },
          },
        },
        {
          id: 'waiting_for_each',
          label: 'Pending tasks per worker',
          expression: '(FILL(activities, 0) + FILL(images, 0)) / IF(running < 1, 1, running)',
          returnData: true,
        },
      ],
    },
  }
}
