import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  PutBucketPolicyCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { bucketPolicy } from '../declare/policies.ts'
import type { BucketResource } from '../declare/resources.ts'
import { isError, samePolicy, type Outcome } from './outcome.ts'
import { retryUntilVisible } from './retry-until-visible.ts'

/**
 * Creates a bucket in this account.
 *
 * @throws Error if another account has a bucket of that name: bucket names are globally unique
 */
export async function makeBucket(s3: S3Client, name: string): Promise<Outcome> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: name }))
    return 'unchanged'
  } catch (error) {
    if (isError(error, 'Forbidden', '403')) throw takenByAnother(name, error)
    if (!isError(error, 'NotFound', 'NoSuchBucket')) throw error
  }
  try {
    await s3.send(new CreateBucketCommand({ Bucket: name })) // the SDK adds the client's region
    return 'created'
  } catch (error) {
    if (isError(error, 'BucketAlreadyOwnedByYou')) return 'unchanged'
    throw isError(error, 'BucketAlreadyExists') ? takenByAnother(name, error) : error
  }
}

/** Sets the policy of a bucket. The public access of one that everybody may read must not be blocked. */
export async function setBucketPolicy(s3: S3Client, resource: BucketResource): Promise<Outcome> {
  const { name: bucket } = resource
  const wanted = bucketPolicy(resource)
  if (samePolicy(await currentPolicy(s3, bucket), wanted)) return 'unchanged'
  const put = new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(wanted) })
  await retryUntilVisible('AccessDenied', () => s3.send(put))
  return 'created'
}

async function currentPolicy(s3: S3Client, bucket: string): Promise<string | undefined> {
  try {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy
  } catch (error) {
    if (isError(error, 'NoSuchBucketPolicy')) return undefined
    throw error
  }
}

function takenByAnother(name: string, cause: unknown): Error {
  return new Error(
    `The bucket ${name} belongs to another account. Bucket names are globally unique: choose another prefix or organisation`,
    { cause },
  )
}
