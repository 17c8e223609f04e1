import type { QueueRole } from '@continuum/aws-resources'
import type { Environment, ProcessName } from '@continuum/environments'
import { cloudwatch } from '@pulumi/aws'
import { ComponentResource, output, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { ownName } from '../naming.ts'
import type { Alarm } from './alarm.ts'
import { databaseAlarms } from './database-alarms.ts'
import { entranceAlarms } from './load-balancer-alarms.ts'
import { makeAlarm, makeAlarmOfAlarms } from './metric-alarm.ts'
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
  /** Known to CloudWatch by the end of its ARN. */
  loadBalancer: { arnSuffix: Input<string> }
  database?: { identifier: Input<string> }
  cluster: { name: Input<string> }
  /** The names of the ECS services. */
  services: Partial<Record<ProcessName, Input<string>>>
}

/** What wakes an operator, by e-mail from one topic, and the CloudWatch dashboard on which to see the rest. */
export class Alarms extends ComponentResource {
  readonly topicArn: Output<string>

  /** @throws Error where the environment asks for no alarms */
  constructor(name: string, args: AlarmsArgs, options?: ComponentResourceOptions) {
    super('continuum:alarms:Alarms', name, {}, options)
    const { environment } = args
    const { alarms: asked } = environment
    if (!asked) throw new Error(`The environment ${environment.name} asks for no alarms`)
    const child = { parent: this }
    const nameOf = (key: string) => ownName(environment, key)

    const account = output(args.queues.incoming.arn).apply((arn) => arn.split(':')[4] ?? '')
    this.topicArn = makeTopic(name, { own: nameOf('alarms'), account, email: asked.email }, child)
    const told = { nameOf, topics: [this.topicArn] }
    const untold = { nameOf, topics: [] }

    const plain = alarmsOf(args, asked).map((alarm) => makeAlarm(name, alarm, told, child))
    const made = new Map<string, cloudwatch.MetricAlarm>()
    const part = (alarm: Alarm) => {
      const there = made.get(alarm.key) ?? makeAlarm(name, alarm, untold, child)
      made.set(alarm.key, there)
      return there
    }
    const composite = stalledPollers({ environment: environment.name, domain: args.domain.name, ...asked }).map(
      (alarm) => makeAlarmOfAlarms(name, alarm, alarm.all.map(part), told, child),
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
    ...entranceAlarms(loadBalancer.arnSuffix),
    ...taskAlarms(environment.name, cluster.name, services),
    ...(database && environment.database
      ? databaseAlarms(database.identifier, environment.database, asked.databaseFreeGigabytes)
      : []),
  ]
}
