import type { IncomingHttpHeaders } from 'node:http'
import type { Address } from '../wire/address.ts'
import { S3Error } from '../model/errors.ts'
import { bucketArn } from '../model/names.ts'
import { allowsAnonymous } from '../model/policy.ts'
import { checkPresignedV2, isPresignedV2 } from '../wire/presigned-v2.ts'
import { checkPresigned, isPresigned } from '../wire/presigned.ts'
import { blocks } from './public-access.ts'
import { bucketOf, type S3 } from './s3.ts'

/** Permissions that a bucket policy can grant to everyone, by operation. */
const permissions: Readonly<Record<string, string>> = {
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  GetObjectTagging: 's3:GetObjectTagging',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  HeadBucket: 's3:ListBucket',
}

/**
 * Authorizes a request: signed (the server has checked that already), presigned, or allowed to everyone by the bucket policy. A
 * page in a browser can do neither of the first two. Throws AccessDenied, or the error of an invalid presigned URL.
 */
export function authorize(
  s3: S3,
  operation: string,
  method: string,
  address: Address,
  headers: IncomingHttpHeaders,
): void {
  if (headers.authorization !== undefined) return
  const now = s3.context.clock.now()
  if (isPresigned(address)) return checkPresigned(method, address, headers, now, s3.secretOf)
  if (isPresignedV2(address)) return checkPresignedV2(method, address, headers, now, s3.secretOf)
  const { bucket, key } = address
  const permission = permissions[operation]
  if (operation === 'Preflight') return
  if (bucket === undefined || permission === undefined) throw new S3Error('AccessDenied')
  if (blocks(s3.buckets, bucketOf(s3, bucket).name, 'RestrictPublicBuckets')) throw new S3Error('AccessDenied')
  const policy = s3.buckets.configuration(bucket, 'policy')
  const may = (action: string, resource: string) => allowsAnonymous(policy, bucket, action, resource)
  const target = key === undefined ? bucketArn(bucket) : `${bucketArn(bucket)}/${key}`
  if (!may(permission, target)) throw new S3Error('AccessDenied')
  // Without permission to list, a client must not learn which keys exist.
  if (key !== undefined && !s3.objects.get(bucket, key) && !may('s3:ListBucket', bucketArn(bucket)))
    throw new S3Error('AccessDenied')
}
