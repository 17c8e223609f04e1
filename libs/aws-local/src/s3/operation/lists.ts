import { isoTime, owner } from './buckets.ts'
import { invalidArgument } from '../model/errors.ts'
import { listPage, type ListPage } from '../model/listing.ts'
import { encodeKey } from '../model/names.ts'
import type { StoredObject } from '../store/object-store.ts'
import { bucketOf, type Call, type Operation, type S3 } from './s3.ts'

const maxKeys = 1000

/** The encoding of keys in the reply: `encoding-type=url` makes any key valid in XML. */
export function keyEncoding({ query }: Call): (key: string) => string {
  const type = query.get('encoding-type')
  if (type === undefined || type === '') return (key) => key
  if (type !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type)
  return encodeKey
}

/** The page size: at most 1,000, which is also the default. Throws InvalidArgument. */
export function pageSize({ query }: Call, name: string): number {
  const text = query.get(name) || String(maxKeys)
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2_147_483_647)
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text)
  return Math.min(Number(text), maxKeys)
}

function read(s3: S3, call: Call, operation: string, after: string): ListPage<StoredObject> {
  const { name } = bucketOf(s3, call.bucket)
  const request = {
    prefix: call.query.get('prefix') ?? '',
    delimiter: call.query.get('delimiter') ?? '',
    after,
    max: pageSize(call, 'max-keys'),
  }
  const lag = s3.staleness(operation)
  const newest = lag === 0 ? Number.POSITIVE_INFINITY : s3.context.clock.now() - lag
  return listPage(request, (key) => s3.objects.from(name, key).filter(({ modified }) => modified <= newest))
}

const contents = (s3: S3, { items }: ListPage<StoredObject>, encode: (key: string) => string, withOwner: boolean) =>
  items.map(({ key, modified, etag, size, checksum, description }) => ({
    Key: encode(key),
    LastModified: isoTime(modified),
    ETag: `"${etag}"`,
    ChecksumAlgorithm: checksum?.algorithm.toUpperCase(),
    ChecksumType: checksum?.type,
    Size: size,
    Owner: withOwner ? owner(s3) : undefined,
    StorageClass: description.storageClass,
  }))

/** The request parameters that both versions of the list repeat in their replies. */
const echo = (call: Call, encode: (key: string) => string) => ({
  Name: call.bucket,
  Prefix: encode(call.query.get('prefix') ?? ''),
  Delimiter: encoded(call.query.get('delimiter') || undefined, encode),
  MaxKeys: pageSize(call, 'max-keys'),
  EncodingType: call.query.get('encoding-type') || undefined,
})

const encoded = (text: string | undefined, encode: (key: string) => string) =>
  text === undefined ? undefined : encode(text)

export const listObjects: Operation = (s3, call) => {
  const encode = keyEncoding(call)
  const marker = call.query.get('marker') ?? ''
  const page = read(s3, call, 'ListObjects', marker)
  return {
    xml: {
      root: 'ListBucketResult',
      content: {
        ...echo(call, encode),
        Marker: encode(marker),
        IsTruncated: page.truncated,
        // Without a delimiter, clients continue from the last key of the page.
        NextMarker: page.truncated && call.query.get('delimiter') ? encoded(page.last, encode) : undefined,
        Contents: contents(s3, page, encode, true),
        CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
      },
    },
  }
}

export const listObjectsV2: Operation = (s3, call) => {
  const type = call.query.get('list-type') ?? ''
  if (type !== '2') throw invalidArgument('Invalid List Type specified in Request', 'list-type', type)
  const encode = keyEncoding(call)
  const startAfter = call.query.get('start-after')
  const token = call.query.get('continuation-token')
  const page = read(s3, call, 'ListObjectsV2', token === undefined ? (startAfter ?? '') : decodeToken(token))
  return {
    xml: {
      root: 'ListBucketResult',
      content: {
        ...echo(call, encode),
        KeyCount: page.items.length + page.commonPrefixes.length,
        IsTruncated: page.truncated,
        ContinuationToken: token,
        NextContinuationToken: page.truncated ? encodeToken(page.last ?? '') : undefined,
        StartAfter: encoded(startAfter, encode),
        Contents: contents(s3, page, encode, call.query.get('fetch-owner') === 'true'),
        CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
      },
    },
  }
}

const tokenMark = '1'
const encodeToken = (last: string): string => tokenMark + Buffer.from(last).toString('base64url')

function decodeToken(token: string): string {
  if (!/^1[\w-]+$/.test(token))
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token)
  return Buffer.from(token.slice(tokenMark.length), 'base64url').toString()
}
