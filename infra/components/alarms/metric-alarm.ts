import { cloudwatch } from '@pulumi/aws'
import type { CustomResourceOptions, Input } from '@pulumi/pulumi'
import type { Alarm, AlarmOfAlarms, Metric, Watched } from './alarm.ts'

/** What an alarm is called, and who is told when it goes on and off; nobody of the parts of another alarm. */
export interface Telling {
  nameOf: (key: string) => string
  topics: Input<string>[]
}

/** Makes an alarm. */
export function makeAlarm(name: string, alarm: Alarm, telling: Telling, child: CustomResourceOptions) {
  const { topics, nameOf } = telling
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
      treatMissingData: alarm.silence === 'ill' ? 'breaching' : 'notBreaching',
      alarmActions: topics,
      okActions: topics,
      ...watch(alarm.watched, alarm.periodMinutes * 60),
    },
    child,
  )
}

/** Makes an alarm of alarms, and those that it is of where they are not there yet. */
export function makeAlarmOfAlarms(
  name: string,
  alarm: AlarmOfAlarms,
  parts: cloudwatch.MetricAlarm[],
  telling: Telling,
  child: CustomResourceOptions,
) {
  const { topics, nameOf } = telling
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
    return { namespace, metricName: name, dimensions, statistic, period }
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
