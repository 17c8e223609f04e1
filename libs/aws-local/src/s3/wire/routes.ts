import type { Address } from './address.ts'
import { S3Error } from '../model/errors.ts'

/** A route: the method, scope and query that identify an operation. */
interface Route {
  readonly operation: string
  readonly method: string
  readonly scope: 'account' | 'bucket' | 'object'
  /** Required query parameters: they identify the operation. */
  readonly needs: readonly string[]
  /** Optional query parameters. Any other one identifies another operation. */
  readonly takes: readonly string[]
  /** True if the request must have `x-amz-copy-source`, false if it must not; undefined if either is fine. */
  readonly copies?: boolean
}

const paging = ['prefix', 'delimiter', 'max-keys', 'encoding-type']
const overrides = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
]
const reading = ['versionId', 'partNumber', ...overrides.map((header) => `response-${header}`)]

const route = (
  line: string,
  takes: readonly string[] = [],
  more: { needs?: readonly string[]; copies?: boolean } = {},
): Route => {
  const [operation = '', method = '', path = ''] = line.split(/ +/)
  const [, flag] = path.split('?')
  const scope = path.startsWith('/b/k') ? 'object' : path.startsWith('/b') ? 'bucket' : 'account'
  const needs = flag === undefined ? [] : [flag]
  return { operation, method, scope, takes, ...more, needs: [...needs, ...(more.needs ?? [])] }
}

const part = ['partNumber']

/** All supported operations; nothing else is answered. */
const routes = [
  route('ListBuckets GET /', ['prefix', 'max-buckets', 'continuation-token', 'bucket-region']),
  route('CreateBucket PUT /b'),
  route('HeadBucket HEAD /b'),
  route('DeleteBucket DELETE /b'),
  route('GetBucketLocation GET /b?location'),
  route('GetBucketNotificationConfiguration GET /b?notification'),
  route('PutBucketNotificationConfiguration PUT /b?notification'),
  route('GetBucketPolicy GET /b?policy'),
  route('PutBucketPolicy PUT /b?policy'),
  route('DeleteBucketPolicy DELETE /b?policy'),
  route('GetBucketCors GET /b?cors'),
  route('PutBucketCors PUT /b?cors'),
  route('DeleteBucketCors DELETE /b?cors'),
  route('GetPublicAccessBlock GET /b?publicAccessBlock'),
  route('PutPublicAccessBlock PUT /b?publicAccessBlock'),
  route('DeletePublicAccessBlock DELETE /b?publicAccessBlock'),
  route('ListObjects GET /b', [...paging, 'marker']),
  route('ListObjectsV2 GET /b?list-type', [...paging, 'continuation-token', 'start-after', 'fetch-owner']),
  route('ListMultipartUploads GET /b?uploads', [
    'prefix',
    'delimiter',
    'max-uploads',
    'key-marker',
    'upload-id-marker',
    'encoding-type',
  ]),
  route('DeleteObjects POST /b?delete'),
  route('GetObject GET /b/k', reading),
  route('HeadObject HEAD /b/k', reading),
  route('PutObject PUT /b/k', [], { copies: false }),
  route('CopyObject PUT /b/k', [], { copies: true }),
  route('DeleteObject DELETE /b/k', ['versionId']),
  route('GetObjectAttributes GET /b/k?attributes', ['versionId']),
  route('GetObjectTagging GET /b/k?tagging', ['versionId']),
  route('PutObjectTagging PUT /b/k?tagging', ['versionId']),
  route('DeleteObjectTagging DELETE /b/k?tagging', ['versionId']),
  route('CreateMultipartUpload POST /b/k?uploads'),
  route('UploadPart PUT /b/k?uploadId', [], { needs: part, copies: false }),
  route('UploadPartCopy PUT /b/k?uploadId', [], { needs: part, copies: true }),
  route('CompleteMultipartUpload POST /b/k?uploadId'),
  route('AbortMultipartUpload DELETE /b/k?uploadId'),
  route('ListParts GET /b/k?uploadId', ['max-parts', 'part-number-marker', 'encoding-type']),
]

// `x-id` repeats the name of the operation; `x-amz-*` in a presigned query replaces a header of that name.
const isNoFlag = (name: string) =>
  name === 'x-id' || /^x-amz-/i.test(name) || /^(AWSAccessKeyId|Signature|Expires|content-type|content-md5)$/.test(name)

/**
 * Finds the operation of a request. An unknown query parameter never falls through to a plain GET, PUT or DELETE. Throws
 * NotImplemented, naming what is missing, or MethodNotAllowed for a method that S3 does not have there.
 */
export function matchRoute(method: string, address: Address, copies: boolean): string {
  const scope = address.bucket === undefined ? 'account' : address.key === undefined ? 'bucket' : 'object'
  const flags = [...address.query.keys()].filter((name) => !isNoFlag(name))
  if (method === 'OPTIONS' && scope !== 'account') return 'Preflight'
  const found = routes.find(
    (it) =>
      it.method === method &&
      it.scope === scope &&
      it.needs.every((name) => flags.includes(name)) &&
      flags.every((name) => it.needs.includes(name) || it.takes.includes(name)) &&
      (it.copies ?? copies) === copies,
  )
  if (found) return found.operation
  if (!['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'].includes(method)) throw new S3Error('MethodNotAllowed')
  const known = new Set(
    routes.filter((it) => it.method === method && it.scope === scope).flatMap((it) => [...it.needs, ...it.takes]),
  )
  const missing = flags.filter((name) => !known.has(name))
  const what = missing.length > 0 ? missing.join(', ') : flags.join(', ') || 'without a query'
  throw new S3Error('NotImplemented', `This server does not implement ${method} on ${article[scope]} with: ${what}.`, {
    Header: what,
  })
}

const article = { account: 'the account', bucket: 'a bucket', object: 'an object' }
