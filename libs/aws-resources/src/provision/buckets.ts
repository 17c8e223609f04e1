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

/**
 * Sets the policy of a bucket. Statements that let services of AWS in, as the log bucket of an environment in AWS has, stay. The public access
 * of a bucket that everybody may read must not be blocked.
 */
export async function setBucketPolicy(s3: S3Client, resource: BucketResource, tls: boolean): Promise<Outcome> {
  const { name: bucket } = resource
  const { Version, Statement } = bucketPolicy(resource, tls)
  const held = await currentPolicy(s3, bucket)
  const wanted = { Version, Statement: [...Statement, ...statementsOfServices(held)] }
  if (wanted.Statement.length === 0 || samePolicy(held, wanted)) return 'unchanged'
  const put = new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(wanted) })
  await retryUntilVisible('AccessDenied', () => s3.send(put))
  return 'created'
}

function statementsOfServices(held: string | undefined): unknown[] {
  const { Statement }: { Statement?: unknown } = Object(held === undefined ? undefined : JSON.parse(held))
  return [Statement ?? []].flat().filter((each) => Object(Object(each).Principal).Service !== undefined)
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
