import { bucketPolicy, type BucketResource } from '@continuum/aws-resources'
import { s3 } from '@pulumi/aws'
import type { CustomResourceOptions, Output } from '@pulumi/pulumi'
import { adoption } from '../protection.ts'
import { corsRules, lifecycleRule, publicAccessBlock } from './bucket-settings.ts'

/** The outputs of a bucket. */
export interface StorageBucket {
  name: Output<string>
  arn: Output<string>
  /** The domain name from which CloudFront reads. */
  domainName: Output<string>
}

/** A bucket with what replication waits for. */
export interface MadeBucket extends StorageBucket {
  /** The setting that keeps former versions; empty where none are kept. */
  versioning: s3.BucketVersioning[]
}

/**
 * Creates a bucket and its settings.
 *
 * @param options.child options of its settings
 * @param options.kept options of the bucket itself, which holds data
 * @param options.emptied true if destroying the bucket deletes its objects; otherwise S3 refuses to delete a bucket that is not empty
 * @param options.adopted true if the bucket exists: it is taken over with its objects and tags, and stays with its settings when the environment goes
 * @param options.hasOwnPolicy true if its policy is made elsewhere, with what it lets in
 */
export function makeBucket(
  name: string,
  bucket: BucketResource,
  options: {
    child: CustomResourceOptions
    kept: CustomResourceOptions
    emptied: boolean
    adopted: boolean
    hasOwnPolicy: boolean
  },
): MadeBucket {
  const { child, kept, emptied, adopted } = options
  const made = new s3.Bucket(
    name,
    { bucket: bucket.name, forceDestroy: emptied && !adopted },
    adopted ? { ...kept, ...adoption(bucket.name) } : kept,
  )
  const of = { bucket: made.bucket }

  const encryption = { applyServerSideEncryptionByDefault: { sseAlgorithm: bucket.encryption } }
  new s3.BucketServerSideEncryptionConfiguration(`${name}-encryption`, { ...of, rules: [encryption] }, child)
  const versioning =
    bucket.formerVersionsDays === undefined
      ? []
      : [
          new s3.BucketVersioning(
            `${name}-versioning`,
            { ...of, versioningConfiguration: { status: 'Enabled' } },
            child,
          ),
        ]
  new s3.BucketLifecycleConfiguration(`${name}-lifecycle`, { ...of, rules: [lifecycleRule(bucket)] }, child)
  const block = new s3.BucketPublicAccessBlock(`${name}-public-access`, { ...of, ...publicAccessBlock(bucket) }, child)
  const opened = { ...child, dependsOn: [block] }
  if (!bucket.behindCdn && !options.hasOwnPolicy) {
    const policy = JSON.stringify(bucketPolicy(bucket))
    // A bucket has one policy: under another name Pulumi would write the new one, and then delete it as the old one.
    const aliases = [{ name: `${name}-public-reading` }]
    new s3.BucketPolicy(`${name}-policy`, { ...of, policy }, { ...opened, aliases })
  }
  if (bucket.publicRead) new s3.BucketCorsConfiguration(`${name}-cors`, { ...of, corsRules }, opened)
  return { name: made.bucket, arn: made.arn, domainName: made.bucketRegionalDomainName, versioning }
}
