import type { Names } from './names.ts'

/** The choices of an environment about its resources; everything else is the same in all. */
export interface ResourceChoices {
  /** Makes the CDN bucket public; false where CloudFront reads it. */
  publicCdn?: boolean
  /** Days that a run's files stay in the expanded bucket; forever if absent. */
  expandedDays?: number
  /** Days that SWF keeps the history of a closed execution. */
  executionDays?: number
  /** Put on everything, for the bill and for whoever finds it. */
  tags?: Record<string, string>
}

/**
 * All that an environment owns in AWS, as data: the one declaration from which `provision` and the infra program make it.
 */
export interface Resources {
  buckets: Record<BucketRole, BucketResource>
  queues: Record<QueueRole, ConsumedQueue>
  /** Tells a queue of everything that appears in a bucket. */
  notification: { id: string; bucket: string; queue: string; events: ['s3:ObjectCreated:*'] }
  domain: { name: string; retentionDays: number }
  tags: Record<string, string>
}

export type BucketRole = keyof Names['buckets']
export type QueueRole = keyof Names['queues']

export interface BucketResource {
  name: string
  /** S3 encrypts with its own key. */
  encryption: 'AES256'
  /** Everybody may read its objects, scripts of other sites included. */
  publicRead: boolean
  /** Days that overwritten and deleted objects can be restored. Absent: versioning is off. */
  formerVersionsDays?: number
  /** Objects are deleted after it. */
  expireDays?: number
  /** The parts of an upload that nobody finished are deleted after it. */
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

/** A queue that somebody consumes, and where a message goes that was received so often and never done. */
export interface ConsumedQueue extends QueueResource {
  maxReceiveCount: number
  deadLetters: QueueResource
}

const minute = 60
const day = 24 * 60 * minute
/** The longest that SQS keeps a message. */
const fortnight = 14 * day
/** A mistake is noticed within it. */
const formerVersionsDays = 90

/** The resources behind the names. */
export function resourcesOf(names: Names, choices: ResourceChoices = {}): Resources {
  const { publicCdn = true, expandedDays, executionDays = 90, tags = {} } = choices
  const bucket = (role: BucketRole, more: Partial<BucketResource> = {}): BucketResource => ({
    name: names.buckets[role],
    encryption: 'AES256',
    publicRead: false,
    unfinishedUploadDays: 7, // no upload of ours takes longer
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
    maxReceiveCount: 5, // five failures of one message are no coincidence
    deadLetters: queue(names.deadLetters[role]),
  })
  return {
    // Former versions are kept where nobody could make them again. What a run writes lies under the run's own key, and
    // nothing overwrites it.
    buckets: {
      production: bucket('production', { formerVersionsDays }),
      expanded: bucket('expanded', expandedDays === undefined ? {} : { expireDays: expandedDays }),
      eif: bucket('eif'),
      cdn: bucket('cdn', { formerVersionsDays, publicRead: publicCdn }),
      archive: bucket('archive', { formerVersionsDays }),
      xml: bucket('xml', { formerVersionsDays }),
      downstream: bucket('downstream'),
    },
    queues: { incoming: consumed('incoming'), starter: consumed('starter'), events: consumed('events') },
    notification: {
      id: 'NewS3Object',
      bucket: names.buckets.production,
      queue: names.queues.incoming,
      events: ['s3:ObjectCreated:*'],
    },
    domain: { name: names.domain, retentionDays: executionDays },
    tags,
  }
}
