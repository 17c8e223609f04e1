/** The settings of a bucket, from the program or from AWS. */
export interface DescribedBucket {
  encryption: unknown
  formerVersions: boolean
  lifecycle: unknown
  publicAccess: unknown
  policy: unknown
  scripts: unknown
}

/** The settings of a queue, from the program or from AWS. */
export interface DescribedQueue {
  visibilitySeconds: number
  retentionSeconds: number
  encrypted: boolean
  deadLetters: unknown
  policy: unknown
}

/** The storage of an environment, by its names in AWS. */
export interface Described {
  buckets: Record<string, DescribedBucket>
  queues: Record<string, DescribedQueue>
  notifications: unknown[]
  domains: { name: string; retentionDays: number }[]
}
