import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type LifecycleRule,
  type S3Client,
} from '@aws-sdk/client-s3'
import { publicReadCors } from '../declare/policies.ts'
import type { BucketResource } from '../declare/resources.ts'
import type { Outcome } from './outcome.ts'
import { settle } from './setting.ts'

/** Sets the default encryption of a bucket. */
export function encrypt(s3: S3Client, { name, encryption }: BucketResource): Promise<Outcome> {
  return settle<string>({
    wanted: encryption,
    nothing: ['ServerSideEncryptionConfigurationNotFoundError'],
    async read() {
      const held = await s3.send(new GetBucketEncryptionCommand({ Bucket: name }))
      return held.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm
    },
    write: () =>
      s3.send(
        new PutBucketEncryptionCommand({
          Bucket: name,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: encryption } }],
          },
        }),
      ),
  })
}

/** Enables versioning: overwritten and deleted objects can be restored. */
export function enableVersioning(s3: S3Client, { name }: BucketResource): Promise<Outcome> {
  return settle<string>({
    wanted: 'Enabled',
    nothing: [],
    read: async () => (await s3.send(new GetBucketVersioningCommand({ Bucket: name }))).Status,
    write: () =>
      s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } })),
  })
}

/** Sets the lifecycle rules of a bucket; rules that others set on it stay. */
export function setLifecycle(s3: S3Client, bucket: BucketResource): Promise<Outcome> {
  const { name, unfinishedUploadDays, formerVersionsDays, expireDays } = bucket
  const ID = 'tidy'
  const wanted: LifecycleRule = {
    Status: 'Enabled',
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: unfinishedUploadDays },
    ...(formerVersionsDays !== undefined && { NoncurrentVersionExpiration: { NoncurrentDays: formerVersionsDays } }),
    ...(expireDays !== undefined && { Expiration: { Days: expireDays } }),
  }
  let others: LifecycleRule[] = []
  return settle<Partial<LifecycleRule>>({
    wanted,
    nothing: ['NoSuchLifecycleConfiguration'],
    async read() {
      const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: name }))
      others = Rules.filter((rule) => rule.ID !== ID)
      const { ID: _, Filter: __, ...said } = Rules.find((rule) => rule.ID === ID) ?? {}
      return said
    },
    write: () =>
      s3.send(
        new PutBucketLifecycleConfigurationCommand({
          Bucket: name,
          LifecycleConfiguration: { Rules: [...others, { ID, Filter: { Prefix: '' }, ...wanted }] },
        }),
      ),
  })
}

/** Blocks public ACLs always, and public policies unless the bucket is public. */
export function blockPublicAccess(s3: S3Client, { name, publicRead }: BucketResource): Promise<Outcome> {
  const wanted = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: !publicRead,
    RestrictPublicBuckets: !publicRead,
  }
  return settle<typeof wanted | Record<string, unknown>>({
    wanted,
    nothing: ['NoSuchPublicAccessBlockConfiguration'],
    read: async () => ({
      ...(await s3.send(new GetPublicAccessBlockCommand({ Bucket: name }))).PublicAccessBlockConfiguration,
    }),
    write: () => s3.send(new PutPublicAccessBlockCommand({ Bucket: name, PublicAccessBlockConfiguration: wanted })),
  })
}

/** Lets scripts of other sites read a public bucket. */
export function allowCors(s3: S3Client, { name }: BucketResource): Promise<Outcome> {
  const { methods, origins, maxAgeSeconds } = publicReadCors
  const wanted = [{ AllowedMethods: methods, AllowedOrigins: origins, MaxAgeSeconds: maxAgeSeconds }]
  return settle<object[]>({
    wanted,
    nothing: ['NoSuchCORSConfiguration'],
    read: async () => (await s3.send(new GetBucketCorsCommand({ Bucket: name }))).CORSRules,
    write: () => s3.send(new PutBucketCorsCommand({ Bucket: name, CORSConfiguration: { CORSRules: wanted } })),
  })
}

/** Tags a bucket; other tags on it stay. */
export function tagBucket(s3: S3Client, name: string, tags: Record<string, string>): Promise<Outcome> {
  let held: Record<string, string> = {}
  return settle({
    wanted: tags,
    nothing: ['NoSuchTagSet'],
    async read() {
      const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket: name }))
      held = Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]))
      return Object.fromEntries(Object.entries(held).filter(([key]) => key in tags))
    },
    write() {
      const all = Object.entries({ ...held, ...tags }).map(([Key, Value]) => ({ Key, Value }))
      return s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet: all } }))
    },
  })
}
