/** The log of who asks for the objects of the archive's copy. */
import { bucketPolicy, type BucketResource } from '@continuum/aws-resources'
import type { Environment } from '@continuum/environments'
import { s3, type Provider } from '@pulumi/aws'
import { all, type CustomResourceOptions, type Input } from '@pulumi/pulumi'
import { protection } from '../protection.ts'
import { makeBucket, type StorageBucket } from '../storage/bucket.ts'
import { logBucket } from './bucket-logging.ts'
import { bucketLogs } from './log-policy.ts'

/**
 * Has the archive's copy log who asks for its objects. S3 logs into a bucket of the same region only, so the copy has a log bucket of its
 * own, with the rules of the other.
 *
 * @param given.resource the log bucket of the copy
 * @param given.there the provider of the copy's region
 */
export function logArchiveCopy(
  name: string,
  given: {
    environment: Environment
    account: Input<string>
    copy: StorageBucket
    resource: BucketResource
    there: Provider
  },
  options: CustomResourceOptions,
): void {
  const { environment, account, copy, resource, there } = given
  const child = { ...options, provider: there }
  const logs = makeBucket(name, resource, {
    child,
    kept: { ...child, ...protection(environment) },
    emptied: !environment.protected,
    adopted: false,
    hasOwnPolicy: true,
  })
  const policy = all([logs.arn, account, copy.arn]).apply(([bucketArn, own, arn]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [...bucketPolicy(resource).Statement, bucketLogs({ bucketArn, account: own, buckets: [arn] })],
    }),
  )
  const writers = new s3.BucketPolicy(`${name}-writers`, { bucket: logs.name, policy }, child)
  logBucket(
    `${name}-requests`,
    { bucket: copy.name, into: logs.name, role: 'archive' },
    { ...child, dependsOn: [writers] },
  )
}
