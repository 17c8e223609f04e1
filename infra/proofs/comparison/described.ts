/** A bucket, whoever made it: all that is set on it. */
export interface DescribedBucket {
  encryption: unknown
  formerVersions: boolean
  lifecycle: unknown
  publicAccess: unknown
  policy: unknown
  scripts: unknown
}

/** A queue, whoever made it. */
export interface DescribedQueue {
  visibilitySeconds: number
  retentionSeconds: number
  encrypted: boolean
  deadLetters: unknown
  policy: unknown
}

/** All of an environment's storage, by the names in AWS. */
export interface Described {
  buckets: Record<string, DescribedBucket>
  queues: Record<string, DescribedQueue>
  notifications: unknown[]
  domains: { name: string; retentionDays: number }[]
}
