import { logPrefixes, type CountedLog } from './log-prefixes.ts'
import type { Names, QueueRole } from './names.ts'

/** The choices of an environment about its resources; everything else is the same in all. */
export interface ResourceChoices {
  /** Makes the CDN bucket public; false where CloudFront reads it. */
  publicCdn?: boolean
  /** Days that a run's files stay in the expanded bucket; forever if absent. */
  expandedDays?: number
  /** Days that SWF keeps the history of a closed execution. */
  executionDays?: number
  /** The logs of which usage is counted; those of the CDN's files if absent. */
  countedLogs?: readonly CountedLog[]
  /** The tags of every resource. */
  tags?: Record<string, string>
}

/**
 * The storage of an environment as data, the one declaration from which `provision` and the Pulumi program create it.
 */
export interface Resources {
  buckets: Record<BucketRole, BucketResource>
  queues: Record<QueueRole, ConsumedQueue>
  /** Each notifies a queue of every new object in a bucket. */
  notifications: Record<NotificationRole, Notification>
  domain: { name: string; retentionDays: number }
  tags: Record<string, string>
}

/** A notification of new objects. */
export interface Notification {
  id: string
  bucket: string
  queue: string
  events: ['s3:ObjectCreated:*']
  /** The beginnings of keys, of which none begins another; all objects if absent. */
  prefixes?: readonly string[]
}

/**
 * Lists the rules of a notification as S3 has them, one for each prefix.
 *
 * @returns for each its id, and its prefix if it has one
 */
export function notificationRules({ id, prefixes }: Pick<Notification, 'id' | 'prefixes'>) {
  if (!prefixes) return [{ id }]
  return prefixes.map((prefix) => ({ id: `${id}-${prefix.replace(/\/$/, '')}`, prefix }))
}

/** `deliveries`: packages for the pipeline; `logs`: access logs for the usage counter. */
export type NotificationRole = 'deliveries' | 'logs'
export type BucketRole = keyof Names['buckets']

export interface BucketResource {
  name: string
  /** S3 encrypts with its own key. */
  encryption: 'AES256'
  /** True if everybody may read its objects, including scripts of other sites. */
  publicRead: boolean
  /** True if CloudFront reads it. Its policy names the distribution, so whoever makes that sets it. */
  behindCdn: boolean
  /** Days that overwritten and deleted objects can be restored. Absent: versioning is off. */
  formerVersionsDays?: number
  /** Days after which objects are deleted. */
  expireDays?: number
  /** Days after which the parts of an unfinished upload are deleted. */
  unfinishedUploadDays: number
}

export interface QueueResource {
  name: string
  /** SQS encrypts with its own key. */
  encryption: 'SQS'
  /** Visibility timeout in seconds; a consumer may extend it. */
  visibilitySeconds: number
  retentionSeconds: number
}

/** A consumed queue, its dead-letter queue, and the number of receives after which a message goes there. */
export interface ConsumedQueue extends QueueResource {
  maxReceiveCount: number
  deadLetters: QueueResource
}

const minute = 60
const day = 24 * 60 * minute
/** The maximum retention of SQS. */
const fortnight = 14 * day
/** Long enough to notice a mistake. */
const formerVersionsDays = 90
/** A day of usage closes after three days; these are left to mend what went wrong. */
const accessLogDays = 7

/** Declares the resources behind the names. */
export function resourcesOf(names: Names, choices: ResourceChoices = {}): Resources {
  const { publicCdn = true, expandedDays, executionDays = 90, countedLogs = ['cdn'], tags = {} } = choices
  const bucket = (role: BucketRole, more: Partial<BucketResource> = {}): BucketResource => ({
    name: names.buckets[role],
    encryption: 'AES256',
    publicRead: false,
    behindCdn: false,
    unfinishedUploadDays: 7, // our uploads finish sooner
    ...more,
  })
  const queue = (name: string): QueueResource => ({
    name,
    encryption: 'SQS',
    visibilitySeconds: minute,
    retentionSeconds: fortnight,
  })
  const consumed = (role: QueueRole): ConsumedQueue => ({
    ...queue(names.queues[role]),
    maxReceiveCount: 5, // five failures are not a coincidence
    deadLetters: queue(names.deadLetters[role]),
  })
  const notification = (from: string, to: string): Notification => ({
    id: 'NewS3Object',
    bucket: from,
    queue: to,
    events: ['s3:ObjectCreated:*'],
  })
  return {
    // Former versions are kept of objects that cannot be re-created. A run writes under keys of its own, which nothing
    // overwrites.
    buckets: {
      production: bucket('production', { formerVersionsDays }),
      expanded: bucket('expanded', expandedDays === undefined ? {} : { expireDays: expandedDays }),
      eif: bucket('eif'),
      cdn: bucket('cdn', { formerVersionsDays, publicRead: publicCdn, behindCdn: !publicCdn }),
      archive: bucket('archive', { formerVersionsDays }),
      xml: bucket('xml', { formerVersionsDays }),
      downstream: bucket('downstream'),
      logs: bucket('logs', { expireDays: accessLogDays }),
    },
    queues: {
      incoming: consumed('incoming'),
      starter: consumed('starter'),
      events: consumed('events'),
      laxRequests: consumed('laxRequests'),
      laxReplies: consumed('laxReplies'),
      articleChanges: consumed('articleChanges'),
      usage: consumed('usage'),
    },
    notifications: {
      deliveries: notification(names.buckets.production, names.queues.incoming),
      // Only what is counted: the bucket has logs of all kinds.
      logs: {
        ...notification(names.buckets.logs, names.queues.usage),
        prefixes: countedLogs.map((log) => logPrefixes[log]),
      },
    },
    domain: { name: names.domain, retentionDays: executionDays },
    tags,
  }
}
