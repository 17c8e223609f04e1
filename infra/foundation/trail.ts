import { bucketPolicy } from '@continuum/aws-resources'
import { cloudtrail, s3 } from '@pulumi/aws'
import type { CustomResourceOptions, Output } from '@pulumi/pulumi'

/** The record of who did what is kept for a year and a month: what is found at an audit is often a year old. */
const keptDays = 396

/**
 * Records every call that changes something in the account, in all regions, in a bucket that only CloudTrail writes to.
 *
 * @returns the name of the bucket
 */
export function makeTrail(account: string, region: string, options: CustomResourceOptions): Output<string> {
  const name = 'continuum-account'
  const arn = `arn:aws:cloudtrail:${region}:${account}:trail/${name}`
  const bucketName = `continuum-trail-${account}`
  const bucket = new s3.Bucket('trail', { bucket: bucketName }, { ...options, protect: true })
  const of = { bucket: bucket.bucket }
  const block = new s3.BucketPublicAccessBlock(
    'trail',
    { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    options,
  )
  const expire = { id: 'expire', status: 'Enabled', filter: {}, expiration: { days: keptDays } }
  new s3.BucketLifecycleConfiguration('trail', { ...of, rules: [expire] }, options)
  const policy = new s3.BucketPolicy(
    'trail',
    { ...of, policy: JSON.stringify(policyOf(bucketName, account, arn)) },
    { ...options, dependsOn: [block] },
  )
  new cloudtrail.Trail(
    'trail',
    { name, s3BucketName: bucket.bucket, isMultiRegionTrail: true, enableLogFileValidation: true },
    // AWS refuses a trail that may not write.
    { ...options, dependsOn: [policy] },
  )
  return bucket.bucket
}

function policyOf(bucket: string, account: string, trail: string): object {
  const { Version, Statement } = bucketPolicy({ name: bucket, publicRead: false })
  const by = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } }
  const arn = `arn:aws:s3:::${bucket}`
  const ofTrail = { 'aws:SourceArn': trail }
  return {
    Version,
    Statement: [
      ...Statement,
      { Sid: 'TrailLooks', ...by, Action: 's3:GetBucketAcl', Resource: arn, Condition: { StringEquals: ofTrail } },
      {
        Sid: 'TrailWrites',
        ...by,
        Action: 's3:PutObject',
        Resource: `${arn}/AWSLogs/${account}/*`,
        Condition: { StringEquals: { ...ofTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  }
}
