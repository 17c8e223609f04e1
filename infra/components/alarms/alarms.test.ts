import { processNames, type Environment, type ProcessName } from '@continuum/environments'
import { Provider } from '@pulumi/aws'
import { beforeAll, describe, expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan, valueOf, type Planned } from '../../proofs/testing/planned.ts'
import { Alarms, type AlarmsArgs } from './alarms.ts'

const queue = (name: string) => ({ name, arn: `arn:aws:sqs:us-east-1:123456789012:${name}` })
const roles = (suffix: string) => ({
  incoming: queue(`ct-incoming${suffix}`),
  starter: queue(`ct-starter${suffix}`),
  events: queue(`ct-events${suffix}`),
  usage: queue(`ct-usage${suffix}`),
  laxRequests: queue(`ct-lax-requests${suffix}`),
  laxReplies: queue(`ct-lax-replies${suffix}`),
  articleChanges: queue(`ct-bus-articles${suffix}`),
})
const services: Partial<Record<ProcessName, string>> = Object.fromEntries(
  processNames.map((process) => [process, `ct-${process}`]),
)
const rds = {
  engine: 'rds',
  version: '17',
  class: 'db.t4g.micro',
  storageGigabytes: 20,
  twoZones: false,
  backupDays: 7,
} as const
const watched: Environment = {
  ...plainEnvironment,
  database: rds,
  alarms: {
    email: ['night@example.org', 'day@example.org'],
    oldestMessageMinutes: 30,
    stalledPollerMinutes: 10,
    databaseFreeGigabytes: 4,
    slowSeconds: 3,
    monthlyDollars: 300,
  },
}

async function alarmsOf(changes: Partial<Environment> = {}, more: () => Partial<AlarmsArgs> = () => ({})) {
  const { made, resources } = await plan(
    () =>
      new Alarms('alarms', {
        environment: { ...watched, ...changes },
        queues: roles(''),
        deadLetters: roles('-dead'),
        domain: { name: 'Publish.ct' },
        loadBalancer: { arnSuffix: 'app/ct/1' },
        database: { identifier: 'ct-database' },
        cluster: { name: 'ct-cluster' },
        services,
        certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c',
        repository: 'ct-continuum',
        ...more(),
      }),
  )
  return { alarms: made, resources }
}

let alarms: Alarms
let resources: Planned[]
beforeAll(async () => {
  ;({ alarms, resources } = await alarmsOf())
})

const ofType = (type: string, from = resources) => from.filter((resource) => resource.type.endsWith(`:${type}`))
const inputsOf = (key: string, from = resources) => from.find(({ name }) => name === `alarms-${key}`)?.inputs

const fromOwnAlarms = {
  ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:ct-*' },
  StringEquals: { 'aws:SourceAccount': '123456789012' },
}

describe('who is told', () => {
  test('every address subscribes to one encrypted topic, to which alarms of this environment alone may write, and scans of images', async () => {
    const topicArn = await valueOf(alarms.topicArn)
    expect(ofType('TopicSubscription').map(({ inputs }) => inputs)).toMatchObject([
      { topic: topicArn, protocol: 'email', endpoint: 'night@example.org' },
      { topic: topicArn, protocol: 'email', endpoint: 'day@example.org' },
    ])
    expect(inputsOf('topic')).toMatchObject({ name: 'ct-alarms', kmsMasterKeyId: expect.stringContaining(':kms:') })
    expect(JSON.parse(String(inputsOf('topic-policy')?.['policy'])).Statement).toEqual([
      expect.objectContaining({ Sid: 'TlsOnly', Effect: 'Deny', Resource: [topicArn] }),
      {
        Sid: 'Alarms',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topicArn,
        Condition: fromOwnAlarms,
      },
      {
        Sid: 'Scans',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topicArn,
      },
    ])
  })

  test('CloudWatch may use the key of the topic, without which its mails would never leave', () => {
    expect(inputsOf('key')).toMatchObject({ enableKeyRotation: true })
    expect(JSON.parse(String(inputsOf('key')?.['policy'])).Statement).toContainEqual({
      Sid: 'Alarms',
      Effect: 'Allow',
      Resource: '*',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: fromOwnAlarms,
    })
  })

  test('each alarm tells when it begins and when it ends, but for those that are parts of another', async () => {
    const topicArn = await valueOf(alarms.topicArn)
    const parts = [
      'decisions-wait',
      'activities-wait',
      'images-wait',
      'deposit-decisions-wait',
      'deposits-wait',
      'no-decisions-finished',
      'no-activities-finished',
    ]
    for (const { name, inputs } of [...ofType('MetricAlarm'), ...ofType('CompositeAlarm')]) {
      const expected = parts.includes(name.replace('alarms-', '')) ? [] : [topicArn]
      expect([name, inputs['alarmActions'], inputs['okActions']]).toEqual([name, expected, expected])
    }
  })

  test('every description says what to do first, and fits', () => {
    const told = [...ofType('MetricAlarm'), ...ofType('CompositeAlarm')].filter(
      ({ inputs }) => JSON.stringify(inputs['alarmActions']) !== '[]',
    )
    expect(told.length).toBeGreaterThan(20)
    for (const { name, inputs } of told) {
      const description = String(inputs['alarmDescription'])
      expect(description, name).toMatch(/\n\nFirst[:,] /)
      expect(description, name).not.toMatch(/undefined|\[object|Calling/)
      expect(description.length, name).toBeLessThanOrEqual(1024)
    }
  })
})

describe('what is watched', () => {
  test('a dead letter, and a message that waits longer than it may', () => {
    expect(inputsOf('starter-dead-letters')).toMatchObject({
      name: 'ct-starter-dead-letters',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: 'ct-starter-dead' },
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      evaluationPeriods: 1,
    })
    expect(inputsOf('incoming-oldest-message')).toMatchObject({
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: 'ct-incoming' },
      threshold: 1800,
    })
    expect(resources.filter(({ name }) => /(dead-letters|oldest-message)$/.test(name))).toHaveLength(13)
  })

  test('executions that fail or time out, of whatever type', () => {
    for (const [key, metric] of [
      ['workflows-failed', 'WorkflowsFailed'],
      ['workflows-timed-out', 'WorkflowsTimedOut'],
    ] as const) {
      expect(inputsOf(key)).toMatchObject({
        threshold: 0,
        treatMissingData: 'notBreaching',
        metricQueries: [
          {
            expression: `SELECT SUM(${metric}) FROM SCHEMA("AWS/SWF", Domain, WorkflowTypeName, WorkflowTypeVersion) WHERE Domain = 'Publish.ct'`,
            period: 300,
            returnData: true,
          },
        ],
      })
    }
  })

  test('a poller is stalled when tasks wait in every minute of the time, and none is finished in all of it', () => {
    expect(inputsOf('decisions-stalled')).toMatchObject({
      alarmName: 'ct-decisions-stalled',
      alarmRule: 'ALARM("ct-decisions-wait") AND ALARM("ct-no-decisions-finished")',
    })
    expect(inputsOf('images-stalled')).toMatchObject({
      alarmRule: 'ALARM("ct-images-wait") AND ALARM("ct-no-activities-finished")',
    })
    expect(inputsOf('decisions-wait')).toMatchObject({
      namespace: 'AWS/SWF',
      metricName: 'PendingTasks',
      dimensions: { Domain: 'Publish.ct', TaskListName: 'decisions' },
      period: 60,
      evaluationPeriods: 10,
      datapointsToAlarm: 10,
      treatMissingData: 'notBreaching',
    })
    expect(inputsOf('no-decisions-finished')).toMatchObject({
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
      evaluationPeriods: 10,
      treatMissingData: 'breaching',
      metricQueries: [{ expression: expect.stringContaining('SUM(DecisionTasksCompleted)') }],
    })
  })

  test('errors that a service or the load balancer answers', () => {
    expect(inputsOf('server-errors')?.['metricQueries']).toMatchObject([
      {
        id: 'service',
        metric: { metricName: 'HTTPCode_Target_5XX_Count', dimensions: { LoadBalancer: 'app/ct/1' } },
        returnData: false,
      },
      { id: 'balancer', metric: { metricName: 'HTTPCode_ELB_5XX_Count' }, returnData: false },
      { expression: 'FILL(service, 0) + FILL(balancer, 0)', returnData: true },
    ])
  })

  test('answers that come late, and the share of requests that fail, where there are enough to say so', () => {
    expect(inputsOf('slow-answers')).toMatchObject({
      metricName: 'TargetResponseTime',
      extendedStatistic: 'p95',
      threshold: 3,
      evaluationPeriods: 3,
    })
    expect(inputsOf('slow-answers')).not.toHaveProperty('statistic')
    expect(inputsOf('error-rate')).toMatchObject({ threshold: 5 })
    expect(inputsOf('error-rate')?.['metricQueries']).toMatchObject([
      { id: 'service' },
      { id: 'balancer' },
      { id: 'requests', metric: { metricName: 'RequestCount', stat: 'Sum' } },
      { expression: 'IF(requests > 50, 100 * (FILL(service, 0) + FILL(balancer, 0)) / requests, 0)' },
    ])
  })

  test('connections, against how many the class of the database takes', () => {
    expect(inputsOf('database-connections')).toMatchObject({
      metricName: 'DatabaseConnections',
      statistic: 'Maximum',
      threshold: 76,
    })
  })

  test('a certificate that is not renewed, also one of the CDN, in the region in which it is', async () => {
    expect(inputsOf('certificate')).toMatchObject({
      namespace: 'AWS/CertificateManager',
      metricName: 'DaysToExpiry',
      dimensions: { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c' },
      comparisonOperator: 'LessThanThreshold',
      threshold: 30,
      period: 86_400,
    })
    expect(inputsOf('cdn-certificate')).toBeUndefined()
    const near = await alarmsOf({}, () => ({ cdnCertificates: { arn: 'arn:cdn', journal: 'arn:journal' } }))
    expect(inputsOf('cdn-certificate', near.resources)).toMatchObject({
      dimensions: { CertificateArn: 'arn:cdn' },
      alarmActions: [await valueOf(near.alarms.topicArn)],
    })
    expect(inputsOf('journal-certificate', near.resources)).toMatchObject({
      dimensions: { CertificateArn: 'arn:journal' },
    })
    const { resources: far } = await alarmsOf({ region: 'eu-west-1' }, () => ({
      cdnCertificates: {
        arn: 'arn:cdn',
        elsewhere: { region: 'us-east-1', provider: new Provider('there', { region: 'us-east-1' }) },
      },
    }))
    const there = far.find(({ name }) => name === 'alarms-cdn-topic')
    expect(inputsOf('cdn-certificate', far)?.['alarmActions']).toEqual([`arn:aws:sns:us-east-1:123456789012:ct-alarms`])
    expect(there?.inputs).toMatchObject({ name: 'ct-alarms' })
    expect(String(inputsOf('cdn-topic-policy', far)?.['policy'])).toContain(':cloudwatch:us-east-1:')
    expect(String(inputsOf('topic-policy', far)?.['policy'])).toContain(':cloudwatch:eu-west-1:')
  })

  test("what a month costs, by the environment's tag", () => {
    expect(ofType('Budget').map(({ inputs }) => inputs)).toMatchObject([
      {
        name: 'ct-budget',
        limitAmount: '300',
        limitUnit: 'USD',
        timeUnit: 'MONTHLY',
        costFilters: [{ name: 'TagKeyValue', values: ['user:environment$continuum-test'] }],
        notifications: [
          { notificationType: 'ACTUAL', threshold: 80 },
          { notificationType: 'ACTUAL', threshold: 100 },
          { notificationType: 'FORECASTED', threshold: 100 },
        ].map((each) => ({ ...each, subscriberEmailAddresses: ['night@example.org', 'day@example.org'] })),
      },
    ])
  })

  test('a scan of an image that finds something of high severity', async () => {
    const rule = inputsOf('image-scans', ofType('EventRule'))
    expect(JSON.parse(String(rule?.['eventPattern']))).toMatchObject({
      source: ['aws.ecr'],
      detail: { 'repository-name': ['ct-continuum'], 'scan-status': ['COMPLETE'] },
    })
    expect(inputsOf('image-scans', ofType('EventTarget'))).toMatchObject({ arn: await valueOf(alarms.topicArn) })
    const { resources: others } = await alarmsOf({}, () => ({ repository: undefined }))
    expect(ofType('EventRule', others)).toEqual([])
  })

  test('fewer tasks than are wanted, none at all among them; where none is wanted, as before the first image, all is well', () => {
    const dimensions = { ClusterName: 'ct-cluster', ServiceName: 'ct-worker' }
    const counted = { namespace: 'ECS/ContainerInsights', dimensions, stat: 'Average', period: 60 }
    expect(inputsOf('worker-tasks')).toMatchObject({
      metricQueries: [
        { id: 'desired', metric: { ...counted, metricName: 'DesiredTaskCount' } },
        { id: 'running', metric: { ...counted, metricName: 'RunningTaskCount' } },
        { expression: 'desired - FILL(running, 0)', returnData: true },
      ],
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      evaluationPeriods: 10,
      treatMissingData: 'notBreaching',
    })
    expect(resources.filter(({ name }) => name.endsWith('-tasks'))).toHaveLength(processNames.length)
  })

  test('the space and credits of an RDS instance, the capacity of an Aurora, the processors of a class without credits', async () => {
    expect(inputsOf('database-space')).toMatchObject({
      namespace: 'AWS/RDS',
      metricName: 'FreeStorageSpace',
      dimensions: { DBInstanceIdentifier: 'ct-database' },
      comparisonOperator: 'LessThanThreshold',
      threshold: 4 * 1024 ** 3,
    })
    expect(inputsOf('database-credits')).toMatchObject({ metricName: 'CPUCreditBalance', threshold: 20 })
    const { resources: large } = await alarmsOf({ database: { ...rds, class: 'db.m7g.large' } })
    expect(inputsOf('database-processor', large)).toMatchObject({ metricName: 'CPUUtilization', threshold: 90 })
    expect(inputsOf('database-credits', large)).toBeUndefined()
    expect(inputsOf('database-processor')).toMatchObject({ metricName: 'CPUUtilization' })
    const aurora = {
      engine: 'aurora-serverless',
      version: '17',
      capacity: { least: 1, most: 4 },
      twoZones: false,
      backupDays: 7,
    } as const
    const { resources: serverless } = await alarmsOf({ database: aurora })
    expect(inputsOf('database-capacity', serverless)).toMatchObject({
      metricName: 'ACUUtilization',
      dimensions: { DBClusterIdentifier: 'ct-database' },
    })
    expect(inputsOf('database-space', serverless)).toBeUndefined()
  })
})

test('every resource is the child of the component and has the prefix of the environment', () => {
  expect(resources[0]).toMatchObject({ type: 'continuum:alarms:Alarms', name: 'alarms' })
  expect(resources.slice(1).filter(({ parent }) => parent !== 'alarms')).toEqual([])
  const names = ofType('MetricAlarm').map(({ inputs }) => String(inputs['name']))
  expect(names.filter((name) => !name.startsWith('ct-'))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

test('the dashboard shows every alarm that tells, and what is watched', () => {
  const { dashboardName, dashboardBody } = inputsOf('overview') ?? {}
  expect(dashboardName).toBe('ct-overview')
  const { widgets } = JSON.parse(String(dashboardBody))
  const told = [...ofType('MetricAlarm'), ...ofType('CompositeAlarm')].filter(
    ({ inputs }) => JSON.stringify(inputs['alarmActions']) !== '[]',
  )
  expect(widgets[0].properties.alarms).toHaveLength(told.length)
  expect(JSON.stringify(widgets)).not.toContain('undefined')
})
