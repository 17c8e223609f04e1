import type { Names } from './names.ts'

/**
 * All that an environment owns in AWS, as data: the one declaration from which `provision` and the infra program make it.
 */
export interface Resources {
  buckets: { name: string; publicRead: boolean }[]
  queues: QueueResource[]
  /** Tells a queue of everything that appears in a bucket. */
  notification: { id: string; bucket: string; queue: string; events: ['s3:ObjectCreated:*'] }
  domain: { name: string; retentionDays: number }
}

/** A queue; its dead-letter queue, where it has one, comes before it in the list. */
export interface QueueResource {
  name: string
  /** How long a message that was received stays hidden unless its consumer asks for more. */
  visibilitySeconds: number
  retentionSeconds: number
  deadLetter?: { queue: string; maxReceiveCount: number }
}

const minute = 60
const day = 24 * 60 * minute
/** The longest that SQS keeps a message. */
const fortnight = 14 * day
/** Five failures of one message are no coincidence. */
const maxReceiveCount = 5

/** What the names stand for. */
export function resourcesOf(names: Names): Resources {
  const { buckets, queues, deadLetters, domain } = names
  const pairs = [
    [queues.incoming, deadLetters.incoming],
    [queues.starter, deadLetters.starter],
    [queues.events, deadLetters.events],
  ] as const
  const common = { visibilitySeconds: minute, retentionSeconds: fortnight }
  return {
    buckets: Object.values(buckets).map((name) => ({ name, publicRead: name === buckets.cdn })),
    queues: [
      ...pairs.map(([, dead]) => ({ name: dead, ...common })),
      ...pairs.map(([name, dead]) => ({ name, ...common, deadLetter: { queue: dead, maxReceiveCount } })),
    ],
    notification: {
      id: 'NewS3Object',
      bucket: buckets.production,
      queue: queues.incoming,
      events: ['s3:ObjectCreated:*'],
    },
    domain: { name: domain, retentionDays: 90 },
  }
}
