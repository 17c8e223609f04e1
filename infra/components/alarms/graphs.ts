import { namesOf } from '@continuum/aws-resources'
import type { Environment } from '@continuum/environments'

/** The resources that the dashboard shows, by their names in CloudWatch. */
export interface DashboardResources {
  /** ARNs, in the order in which they are shown. */
  alarms: string[]
  queues: string[]
  deadLetters: string[]
  /** The SWF domain. */
  domain: string
  /** The last part of the load balancer's ARN. */
  loadBalancer: string
  cluster: string
  services: string[]
  database?: string | undefined
}

/** A line of a graph in CloudWatch's notation: namespace, metric, names and values of dimensions, options. */
type Line = (string | Record<string, string>)[]

interface Graph {
  title: string
  metrics: Line[]
}

const each = (namespace: string, metric: string, dimension: string, of: readonly string[], stat: string): Line[] =>
  of.map((one) => [namespace, metric, dimension, one, { stat }])

export function queueGraphs({ queues, deadLetters }: Pick<DashboardResources, 'queues' | 'deadLetters'>): Graph[] {
  const ofQueues = (metric: string, of: string[]) => each('AWS/SQS', metric, 'QueueName', of, 'Maximum')
  return [
    { title: 'Messages waiting', metrics: ofQueues('ApproximateNumberOfMessagesVisible', queues) },
    { title: 'Age of the oldest message (s)', metrics: ofQueues('ApproximateAgeOfOldestMessage', queues) },
    { title: 'Dead letters', metrics: ofQueues('ApproximateNumberOfMessagesVisible', deadLetters) },
  ]
}

/** SWF's metrics are per type and version; a search covers all types, including those that later releases register. */
export function workflowGraphs(environment: Environment, { domain }: Pick<DashboardResources, 'domain'>): Graph[] {
  const search = (types: string, metrics: string[], stat: string): Line => {
    const named = metrics.map((metric) => `"${metric}"`).join(' OR ')
    const found = `{AWS/SWF,Domain,${types}} Domain="${domain}" MetricName=(${named})`
    return [{ expression: `SEARCH('${found}', '${stat}', 300)` }]
  }
  const workflows = 'WorkflowTypeName,WorkflowTypeVersion'
  const activities = 'ActivityTypeName,ActivityTypeVersion'
  const ended = ['WorkflowsCompleted', 'WorkflowsFailed', 'WorkflowsTimedOut', 'WorkflowsTerminated']
  const failed = [
    'ActivityTasksFailed',
    'StartedActivityTasksTimedOutOnHeartbeat',
    'StartedActivityTasksTimedOutOnClose',
  ]
  const lists = Object.values(namesOf(environment).taskLists)
  return [
    { title: 'Closed executions', metrics: [search(workflows, ended, 'Sum')] },
    {
      title: 'Pending tasks by task list',
      metrics: lists.map((list) => [
        'AWS/SWF',
        'PendingTasks',
        'Domain',
        domain,
        'TaskListName',
        list,
        { stat: 'Sum' },
      ]),
    },
    { title: 'Failed and timed-out activities', metrics: [search(activities, failed, 'Sum')] },
    {
      title: 'Activity duration (ms)',
      metrics: [search(activities, ['ActivityTaskStartToCloseTime'], 'Average')],
    },
  ]
}

export function taskGraphs(
  { shape }: Pick<Environment, 'shape'>,
  { cluster, services }: Pick<DashboardResources, 'cluster' | 'services'>,
): Graph[] {
  const ofServices = (namespace: string, metric: string, stat: string): Line[] =>
    [...new Set(services)].map((service) => [
      namespace,
      metric,
      'ClusterName',
      cluster,
      'ServiceName',
      service,
      { stat },
    ])
  return [
    {
      title: 'Running tasks',
      // Without Container Insights: each running task is a sample of each minute, five in a period of the graph.
      metrics:
        shape === 'small'
          ? ofServices('AWS/ECS', 'CPUUtilization', 'SampleCount')
          : ofServices('ECS/ContainerInsights', 'RunningTaskCount', 'Average'),
    },
    { title: 'Memory (%)', metrics: ofServices('AWS/ECS', 'MemoryUtilization', 'Maximum') },
    { title: 'CPU (%)', metrics: ofServices('AWS/ECS', 'CPUUtilization', 'Average') },
  ]
}

export function loadBalancerGraphs({ loadBalancer }: Pick<DashboardResources, 'loadBalancer'>): Graph[] {
  const one = (metric: string, stat: string): Line => [
    'AWS/ApplicationELB',
    metric,
    'LoadBalancer',
    loadBalancer,
    { stat },
  ]
  return [
    {
      title: 'Requests and errors',
      metrics: [
        one('RequestCount', 'Sum'),
        one('HTTPCode_Target_5XX_Count', 'Sum'),
        one('HTTPCode_ELB_5XX_Count', 'Sum'),
      ],
    },
    {
      title: 'Response time (s)',
      metrics: [one('TargetResponseTime', 'p50'), one('TargetResponseTime', 'p99')],
    },
  ]
}

export function databaseGraphs(
  { database: asked }: Environment,
  { database }: Pick<DashboardResources, 'database'>,
): Graph[] {
  if (!asked || database === undefined) return []
  const serverless = asked.engine === 'aurora-serverless'
  const dimension = serverless ? 'DBClusterIdentifier' : 'DBInstanceIdentifier'
  const one = (metric: string, stat: string): Line[] => each('AWS/RDS', metric, dimension, [database], stat)
  return [
    { title: 'Database: CPU (%)', metrics: one('CPUUtilization', 'Average') },
    { title: 'Database: connections', metrics: one('DatabaseConnections', 'Maximum') },
    serverless
      ? { title: 'Database: capacity (ACU)', metrics: one('ServerlessDatabaseCapacity', 'Maximum') }
      : { title: 'Database: free space (bytes)', metrics: one('FreeStorageSpace', 'Minimum') },
  ]
}
