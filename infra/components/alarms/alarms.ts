import type { QueueRole } from '@continuum/aws-resources'
import type { Environment, ProcessName } from '@continuum/environments'
import { cloudwatch, type Provider } from '@pulumi/aws'
import { ComponentResource, output, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { accountIn, ownName } from '../naming.ts'
import type { Alarm } from './alarm.ts'
import { makeBudget } from './budget.ts'
import { certificateAlarm } from './certificate-alarms.ts'
import { databaseAlarms } from './database-alarms.ts'
import { notifyOfScans } from './image-scans.ts'
import { loadBalancerAlarms } from './load-balancer-alarms.ts'
import { makeAlarm, makeCompositeAlarm } from './metric-alarm.ts'
import { overviewBody } from './overview.ts'
import { queueAlarms, type WatchedQueue } from './queue-alarms.ts'
import { taskAlarms } from './task-alarms.ts'
import { makeTopic } from './topic.ts'
import { stalledPollers, workflowAlarms } from './workflow-alarms.ts'

export interface AlarmsArgs {
  environment: Environment
  queues: Record<QueueRole, WatchedQueue>
  deadLetters: Record<QueueRole, WatchedQueue>
  /** The SWF domain. */
  domain: { name: Input<string> }
  /** CloudWatch knows a load balancer by the last part of its ARN. */
  loadBalancer: { arnSuffix: Input<string> }
  database?: { identifier: Input<string> }
  cluster: { name: Input<string> }
  /** The names of the ECS services. */
  services: Partial<Record<ProcessName, Input<string>>>
  /** The certificate of the load balancer, if the environment has a domain. */
  certificateArn?: Input<string> | undefined
  /** The certificates of CloudFront, if it has hosts of its own; with the provider of their region, where that is another. */
  cdnCertificates?:
    | {
        arn: Input<string>
        /** The one of the journal, if CloudFront is before it. */
        journal?: Input<string> | undefined
        elsewhere?: { provider: Provider; region: string } | undefined
      }
    | undefined
  /** The name of the environment's own image repository, if it has one. */
  repository?: string | undefined
}

/** The alarms of an environment, which send e-mail through one topic, and its CloudWatch dashboard. */
export class Alarms extends ComponentResource {
  readonly topicArn: Output<string>

  /** @throws Error if the environment has no `alarms` */
  constructor(name: string, args: AlarmsArgs, options?: ComponentResourceOptions) {
    super('continuum:alarms:Alarms', name, {}, options)
    const { environment } = args
    const { alarms: asked } = environment
    if (!asked) throw new Error(`The environment ${environment.name} has no alarms`)
    const child = { parent: this }
    const nameOf = (key: string) => ownName(environment, key)

    const account = output(args.queues.incoming.arn).apply(accountIn)
    const topic = { own: nameOf('alarms'), prefix: nameOf(''), account, email: asked.email }
    this.topicArn = makeTopic(name, { ...topic, region: environment.region }, child)
    const notifying = { nameOf, topics: [this.topicArn] }
    const silent = { nameOf, topics: [] }

    const plain = alarmsOf(args, asked).map((alarm) => makeAlarm(name, alarm, notifying, child))
    makeBudget(name, { own: nameOf('budget'), environment, ...asked }, child)
    const { repository } = args
    if (repository !== undefined)
      notifyOfScans(name, { own: nameOf('image-scans'), repository, topicArn: this.topicArn }, child)
    const elsewhere = args.cdnCertificates?.elsewhere
    if (elsewhere) {
      // An alarm is where its metric is, and notifies a topic of its own region.
      const there = { ...child, provider: elsewhere.provider }
      const topics = [makeTopic(`${name}-cdn`, { ...topic, region: elsewhere.region }, there)]
      for (const alarm of cdnAlarms(args)) makeAlarm(name, alarm, { nameOf, topics }, there)
    }

    const made = new Map<string, cloudwatch.MetricAlarm>()
    const part = (alarm: Alarm) => {
      const existing = made.get(alarm.key) ?? makeAlarm(name, alarm, silent, child)
      made.set(alarm.key, existing)
      return existing
    }
    const composite = stalledPollers({ environment: environment.name, domain: args.domain.name, ...asked }).map(
      (alarm) => makeCompositeAlarm(name, alarm, alarm.all.map(part), notifying, child),
    )

    const dashboardBody = output({
      alarms: [...plain, ...composite].map(({ arn }) => arn),
      queues: Object.values(args.queues).map((queue) => queue.name),
      deadLetters: Object.values(args.deadLetters).map((queue) => queue.name),
      domain: args.domain.name,
      loadBalancer: args.loadBalancer.arnSuffix,
      cluster: args.cluster.name,
      services: Object.values(args.services),
      database: args.database?.identifier,
    }).apply((known) => JSON.stringify(overviewBody(environment, known)))
    new cloudwatch.Dashboard(`${name}-overview`, { dashboardName: nameOf('overview'), dashboardBody }, child)
    this.registerOutputs({ topicArn: this.topicArn })
  }
}

function alarmsOf(args: AlarmsArgs, asked: NonNullable<Environment['alarms']>): Alarm[] {
  const { environment, queues, deadLetters, domain, loadBalancer, cluster, services, database } = args
  const { certificateArn, cdnCertificates } = args
  return [
    ...queueAlarms({
      environment: environment.name,
      queues,
      deadLetters,
      oldestMessageMinutes: asked.oldestMessageMinutes,
    }),
    ...workflowAlarms({
      environment: environment.name,
      domain: domain.name,
      stalledPollerMinutes: asked.stalledPollerMinutes,
    }),
    ...loadBalancerAlarms(loadBalancer.arnSuffix, asked.slowSeconds),
    ...(certificateArn === undefined ? [] : [certificateAlarm('certificate', certificateArn)]),
    ...(cdnCertificates?.elsewhere ? [] : cdnAlarms(args)),
    ...taskAlarms(environment, cluster.name, services),
    ...(database && environment.database
      ? databaseAlarms(database.identifier, environment.database, asked.databaseFreeGigabytes)
      : []),
  ]
}

function cdnAlarms({ cdnCertificates }: AlarmsArgs): Alarm[] {
  if (!cdnCertificates) return []
  const { arn, journal } = cdnCertificates
  return [
    certificateAlarm('cdn-certificate', arn),
    ...(journal === undefined ? [] : [certificateAlarm('journal-certificate', journal)]),
  ]
}
