import { isObject } from '../../wire/values.ts'
import { arn, isArn, parsed } from '../rules/documents.ts'
import { between, each, matches, oneOf, type Kinds } from '../rules/kind.ts'

/** A field of an event's pattern. */
const isFilter = (filter: unknown): boolean =>
  Array.isArray(filter) ||
  (typeof filter === 'object' && filter !== null && Object.values(filter).every((field) => isFilter(field)))

export const cloudwatch = {
  'aws:cloudwatch/metricAlarm:MetricAlarm': {
    named: 'name',
    replaces: ['name'],
    rules: [
      matches('name', /^\P{Cc}{1,255}$/u, '1 to 255 characters'),
      oneOf(
        'comparisonOperator',
        'GreaterThanOrEqualToThreshold',
        'GreaterThanThreshold',
        'LessThanThreshold',
        'LessThanOrEqualToThreshold',
        'LessThanLowerOrGreaterThanUpperThreshold',
        'LessThanLowerThreshold',
        'GreaterThanUpperThreshold',
      ),
      oneOf('statistic', 'SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'),
      matches('extendedStatistic', /^(p\d{1,2}(\.\d{1,10})?|p100)$/, 'a percentile: p95'),
      oneOf('treatMissingData', 'missing', 'ignore', 'breaching', 'notBreaching'),
      between('evaluationPeriods', 1, 86_400),
      between('datapointsToAlarm', 1, 86_400),
      {
        property: 'period',
        holds: (value) => [1, 5, 10, 20, 30].includes(Number(value)) || Number(value) % 60 === 0,
        says: '10, 30 or a multiple of 60 seconds',
      },
      {
        property: 'evaluationPeriods',
        holds: (value, { period }) => Number(value) * Number(period ?? 60) <= 7 * 86_400,
        says: 'at most seven days of periods',
      },
      each('alarmActions', isArn, 'ARNs'),
      each('okActions', isArn, 'ARNs'),
    ],
    made: ({ text, arn: of }) => ({ id: text('name'), arn: of('cloudwatch', `alarm:${text('name')}`) }),
  },
  'aws:cloudwatch/compositeAlarm:CompositeAlarm': {
    replaces: ['alarmName'],
    rules: [
      matches('alarmName', /^\P{Cc}{1,255}$/u, '1 to 255 characters'),
      matches(
        'alarmRule',
        /^(?=[^]{1,10240}$)[^]*\b(ALARM|OK|INSUFFICIENT_DATA|TRUE|FALSE)\b/,
        'an expression of ALARM(...), OK(...)',
      ),
      each('alarmActions', isArn, 'ARNs'),
      each('okActions', isArn, 'ARNs'),
    ],
    made: ({ text, arn: of }) => ({ id: text('alarmName'), arn: of('cloudwatch', `alarm:${text('alarmName')}`) }),
  },
  'aws:cloudwatch/dashboard:Dashboard': {
    replaces: ['dashboardName'],
    rules: [
      matches('dashboardName', /^[A-Za-z0-9_-]{1,255}$/, '1 to 255 of letters, digits, hyphens and underscores'),
      {
        property: 'dashboardBody',
        holds: (value) => {
          const body = parsed(value)
          return (
            isObject(body) &&
            Array.isArray(body['widgets']) &&
            body['widgets'].every((widget) => isObject(widget) && typeof widget['type'] === 'string')
          )
        },
        says: 'JSON with widgets, each of a type',
      },
    ],
    made: ({ text, arn: of }) => ({
      id: text('dashboardName'),
      dashboardArn: of('cloudwatch', `dashboard/${text('dashboardName')}`, 'global'),
    }),
  },
  'aws:cloudwatch/eventRule:EventRule': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'eventBusName'],
    rules: [
      matches('name', /^[.\-_A-Za-z0-9]{1,64}$/, '1 to 64 of letters, digits and . - _'),
      matches('scheduleExpression', /^(rate|cron)\(.+\)$/, 'rate(...) or cron(...)'),
      {
        property: 'eventPattern',
        holds: (value) => isObject(parsed(value)) && Object.values(Object(parsed(value))).every(isFilter),
        says: 'JSON whose fields are lists, or objects of such fields',
      },
    ],
    made: ({ text, arn: of }) => ({ id: text('name'), arn: of('events', `rule/${text('name')}`) }),
  },
  'aws:cloudwatch/eventTarget:EventTarget': {
    replaces: ['rule', 'targetId'],
    rules: [arn('arn'), arn('roleArn')],
    made: ({ text }) => ({ id: `${text('rule')}-${text('targetId')}` }),
  },
} satisfies Kinds
