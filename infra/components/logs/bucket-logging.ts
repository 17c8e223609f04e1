/** The logging of a bucket: it tells another one who asks for its objects. */
import { logPrefixes, type BucketRole } from '@continuum/aws-resources'
import { s3 } from '@pulumi/aws'
import type { CustomResourceOptions, Output } from '@pulumi/pulumi'

/** Has a bucket log into another one, under a prefix of its own, by the day. */
export function logBucket(
  name: string,
  { bucket, into, role }: { bucket: Output<string>; into: Output<string>; role: BucketRole },
  options: CustomResourceOptions,
): void {
  new s3.BucketLogging(
    name,
    {
      bucket,
      targetBucket: into,
      targetPrefix: `${logPrefixes.buckets}${role}/`,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    },
    options,
  )
}
