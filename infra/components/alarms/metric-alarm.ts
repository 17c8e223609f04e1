import { cloudwatch } from '@pulumi/aws'
import type { CustomResourceOptions, Input } from '@pulumi/pulumi'
import type { Alarm, CompositeAlarm, Metric, Watched } from './alarm.ts'

/** The names of alarms, and the topics that they notify. The parts of a composite alarm notify none. */
export interface Notifications {
  nameOf: (key: string) => string
  topics: Input<string>[]
}

/** Creates an alarm. */
export function makeAlarm(name: string, alarm: Alarm, notifications: Notifications, child: CustomResourceOptions) {
  const { topics, nameOf } = notifications
  const evaluationPeriods = Math.ceil(alarm.minutes / alarm.periodMinutes)
  return new cloudwatch.MetricAlarm(
    `${name}-${alarm.key}`,
    {
      name: nameOf(alarm.key),
      alarmDescription: alarm.description,
      comparisonOperator: alarm.is === 'above' ? 'GreaterThanThreshold' : 'LessThanThreshold',
      threshold: alarm.threshold,
      evaluationPeriods,
      datapointsToAlarm: evaluationPeriods,
      treatMissingData: alarm.missingData,
      alarmActions: topics,
      okActions: topics,
      ...watch(alarm.watched, alarm.periodMinutes * 60),
    },
    child,
  )
}

/** Creates a composite alarm over its parts. */
export function makeCompositeAlarm(
  name: string,
  alarm: CompositeAlarm,
  parts: cloudwatch.MetricAlarm[],
  notifications: Notifications,
  child: CustomResourceOptions,
) {
  const { topics, nameOf } = notifications
  return new cloudwatch.CompositeAlarm(
    `${name}-${alarm.key}`,
    {
      alarmName: nameOf(alarm.key),
      alarmDescription: alarm.description,
      alarmRule: alarm.all.map(({ key }) => `ALARM("${nameOf(key)}")`).join(' AND '),
      alarmActions: topics,
      okActions: topics,
    },
    { ...child, dependsOn: parts },
  )
}

function watch(watched: Watched, period: number) {
  if ('metric' in watched) {
    const { namespace, name, dimensions, statistic } = watched.metric
    const measured = statistic === 'p95' ? { extendedStatistic: statistic } : { statistic }
    return { namespace, metricName: name, dimensions, ...measured, period }
  }
  if ('query' in watched)
    return { metricQueries: [{ id: 'query', expression: watched.query, period, returnData: true }] }
  const metrics = Object.entries(watched.of).map(([id, metric]) => ({
    id,
    returnData: false,
    metric: asked(metric, period),
  }))
  return { metricQueries: [...metrics, { id: 'result', expression: watched.math, returnData: true }] }
}

const asked = ({ namespace, name, dimensions, statistic }: Metric, period: number) => ({
  namespace,
  metricName: name,
  dimensions,
  stat: statistic,
  period,
})
