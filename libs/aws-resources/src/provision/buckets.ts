import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  PutBucketPolicyCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { publicReadPolicy } from '../declare/policies.ts'
import { isError, samePolicy, type Outcome } from './outcome.ts'
import { untilSeen } from './retry-until-visible.ts'

/**
 * Makes a bucket of this account's.
 *
 * @throws an Error that says so where another account has the name already: bucket names are the world's
 */
export async function makeBucket(s3: S3Client, name: string): Promise<Outcome> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: name }))
    return 'was there'
  } catch (error) {
    if (isError(error, 'Forbidden', '403')) throw takenByAnother(name, error)
    if (!isError(error, 'NotFound', 'NoSuchBucket')) throw error
  }
  try {
    await s3.send(new CreateBucketCommand({ Bucket: name })) // the SDK adds the client's region
    return 'made'
  } catch (error) {
    if (isError(error, 'BucketAlreadyOwnedByYou')) return 'was there'
    throw isError(error, 'BucketAlreadyExists') ? takenByAnother(name, error) : error
  }
}

/** Lets everybody read the bucket, once its public access is not blocked any more. */
export async function openForReading(s3: S3Client, bucket: string): Promise<Outcome> {
  const wanted = publicReadPolicy(bucket)
  if (samePolicy(await currentPolicy(s3, bucket), wanted)) return 'was there'
  const put = new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(wanted) })
  await untilSeen('AccessDenied', () => s3.send(put))
  return 'made'
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
    `The bucket ${name} is not this account's: bucket names are the world's, so choose another prefix or organisation`,
    { cause },
  )
}
