import { queueRoles, type BucketRole, type QueueRole } from '@continuum/aws-resources'
import { archiveCopyNames, type Environment } from '@continuum/environments'
import { swf, type Provider } from '@pulumi/aws'
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'
import { adoption, protection, settingOfBucket } from '../protection.ts'
import { copyArchive } from './archive-copy.ts'
import { makeBucket, type MadeBucket, type StorageBucket } from './bucket.ts'
import { notifyQueue } from './notification.ts'
import { storagePlan } from './plan.ts'
import { makeQueue, makeQueuePolicy, type StorageQueue } from './queue.ts'

/**
 * The storage of an environment: buckets, queues with their dead-letter queues, the notification of deliveries and the SWF domain.
 * `resourcesOf` declares them all.
 */
export class Storage extends ComponentResource {
  readonly buckets: Record<BucketRole, StorageBucket>
  readonly queues: Record<QueueRole, StorageQueue>
  readonly deadLetters: Record<QueueRole, StorageQueue>
  readonly domain: { name: Output<string>; arn: Output<string> }
  /** The copy of the archive, and the provider of its region; undefined where the program makes none. */
  readonly archiveCopy: { readonly copy: StorageBucket; readonly there: Provider } | undefined

  /**
   * @param args.domainExists true if SWF has the domain, so that it is taken over
   * @param args.copyProvider the provider of the region of the archive's copy, where the program makes that
   */
  constructor(
    name: string,
    args: { environment: Environment; domainExists?: boolean; copyProvider?: Provider | undefined },
    options?: ComponentResourceOptions,
  ) {
    super('continuum:storage:Storage', name, {}, options)
    const { environment } = args
    const child = { parent: this }
    const kept = { ...child, ...protection(environment) }
    const plan = storagePlan(environment)

    const versioning = new Map<BucketRole, MadeBucket['versioning']>()
    const bucket = (role: BucketRole): StorageBucket => {
      const { versioning: its, ...made } = makeBucket(`${name}-${role}`, plan.buckets[role], {
        child: { ...child, ...settingOfBucket(environment, role) },
        kept,
        emptied: !environment.protected,
        adopted: environment.adoptedBuckets.includes(role),
        hasOwnPolicy: role === 'logs',
      })
      versioning.set(role, its)
      return made
    }
    this.buckets = {
      production: bucket('production'),
      expanded: bucket('expanded'),
      eif: bucket('eif'),
      cdn: bucket('cdn'),
      archive: bucket('archive'),
      xml: bucket('xml'),
      downstream: bucket('downstream'),
      logs: bucket('logs'),
    }

    const { archiveCopy: wanted } = environment
    const { copyProvider: there } = args
    let copy: StorageBucket | undefined
    const names = archiveCopyNames(environment)
    if (wanted && names) {
      const given = {
        environment,
        wanted,
        names,
        archive: { ...this.buckets.archive, versioning: versioning.get('archive') ?? [] },
        resource: plan.buckets.archive,
      }
      copy = copyArchive(`${name}-archive-copy`, { ...given, there }, { child, kept })
    }
    this.archiveCopy = copy && there && { copy, there }

    const dead = (role: QueueRole) => makeQueue(`${name}-${role}-dead`, plan.queues[role].deadLetters, kept)
    this.deadLetters = eachQueue(dead)
    const queue = (role: QueueRole) => {
      const { maxReceiveCount } = plan.queues[role]
      return makeQueue(`${name}-${role}`, plan.queues[role], kept, { to: this.deadLetters[role].arn, maxReceiveCount })
    }
    this.queues = eachQueue(queue)
    const { deliveries, logs } = plan.notifications
    for (const role of queueRoles) {
      makeQueuePolicy(`${name}-${role}-dead-policy`, this.deadLetters[role], child)
      const notification = role === 'incoming' ? deliveries : role === 'usage' ? logs : undefined
      // A queue has one policy, which keeps the name that it had when only a notified queue had one.
      const end = notification ? 'sender' : 'policy'
      const policy = makeQueuePolicy(`${name}-${role}-${end}`, this.queues[role], child, notification?.bucket)
      if (!notification) continue
      const from = role === 'incoming' ? 'production' : 'logs'
      const between = { bucket: this.buckets[from], queue: this.queues[role], policy }
      notifyQueue(`${name}-${from}-notification`, notification, between, child)
    }

    const { retentionDays } = plan.domain
    const { ignoreChanges: tags = [], ...rest } = adoption(plan.domain.name)
    const takenOver = { ...rest, ignoreChanges: ['workflowExecutionRetentionPeriodInDays', ...tags] }
    const domain = new swf.Domain(
      `${name}-domain`,
      { name: plan.domain.name, workflowExecutionRetentionPeriodInDays: String(retentionDays) },
      // SWF deletes no domain: a deprecated one keeps its name for ever. So it stays, with the retention with which it was registered.
      {
        ...kept,
        retainOnDelete: true,
        ignoreChanges: ['workflowExecutionRetentionPeriodInDays'],
        ...(args.domainExists === true && takenOver),
      },
    )
    this.domain = { name: domain.name, arn: domain.arn }
    const { buckets, queues, deadLetters } = this
    this.registerOutputs({ buckets, queues, deadLetters, domain: this.domain })
  }
}

function eachQueue(make: (role: QueueRole) => StorageQueue): Record<QueueRole, StorageQueue> {
  return {
    incoming: make('incoming'),
    starter: make('starter'),
    events: make('events'),
    laxRequests: make('laxRequests'),
    laxReplies: make('laxReplies'),
    articleChanges: make('articleChanges'),
    usage: make('usage'),
  }
}
