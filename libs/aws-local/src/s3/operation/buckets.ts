import { invalidArgument, S3Error } from '../model/errors.ts'
import { checkBucketName } from '../model/names.ts'
import { everythingBlocked } from './public-access.ts'
import { readDocument } from './document.ts'
import { bucketOf, type Operation, type S3 } from './s3.ts'
import { childText, onlyChildren, readXml } from '../wire/xml-reader.ts'

export const isoTime = (instant: number): string => new Date(instant).toISOString()

/** The owner of every bucket and object. */
export const owner = (s3: S3) => ({ ID: s3.context.account.padStart(64, '0'), DisplayName: 'local' })

export const listBuckets: Operation = (s3, { query }) => {
  const max = Number(query.get('max-buckets') ?? 10_000)
  if (!Number.isInteger(max) || max < 1 || max > 10_000)
    throw invalidArgument('max-buckets must be between 1 and 10000', 'max-buckets', query.get('max-buckets') ?? '')
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString()
  const [prefix, region] = [query.get('prefix') ?? '', query.get('bucket-region')]
  const rest = s3.buckets
    .all()
    .filter(({ name }) => name.startsWith(prefix) && name > after)
    .filter((bucket) => region === undefined || bucket.region === region)
  const page = rest.slice(0, max)
  const last = rest.length > page.length ? page.at(-1) : undefined
  return {
    xml: {
      root: 'ListAllMyBucketsResult',
      content: {
        Owner: owner(s3),
        Buckets: {
          Bucket: page.map((it) => ({ Name: it.name, CreationDate: isoTime(it.created), BucketRegion: it.region })),
        },
        ContinuationToken: last && Buffer.from(last.name).toString('base64url'),
        Prefix: query.get('prefix'),
      },
    },
  }
}

/** Creates a bucket in any region. Creating it again succeeds in us-east-1, as on AWS, and fails with BucketAlreadyOwnedByYou elsewhere. */
export const createBucket: Operation = async (s3, call) => {
  checkBucketName(call.bucket)
  const region = parseLocation(await readDocument(call))
  s3.context.transaction(() => {
    const existing = s3.buckets.get(call.bucket)
    if (!existing) {
      s3.buckets.insert({ name: call.bucket, created: s3.context.clock.now(), region })
      return s3.buckets.configure(call.bucket, 'public-access-block', everythingBlocked)
    }
    if (region !== defaultRegion || existing.region !== defaultRegion)
      throw new S3Error('BucketAlreadyOwnedByYou', undefined, { BucketName: call.bucket })
  })
  return { headers: { location: `/${call.bucket}` } }
}

// The oldest region: S3 denotes it by naming no location.
const defaultRegion = 'us-east-1'

function parseLocation(document: string): string {
  if (document.trim() === '') return defaultRegion
  const root = readXml(document, 'CreateBucketConfiguration')
  onlyChildren(root, ['LocationConstraint'])
  const region = childText(root, 'LocationConstraint') ?? ''
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region) || region === defaultRegion)
    throw new S3Error('InvalidLocationConstraint', undefined, { LocationConstraint: region })
  return region
}

export const headBucket: Operation = (s3, { bucket }) => ({
  headers: { 'x-amz-bucket-region': bucketOf(s3, bucket).region, 'content-type': 'application/xml' },
})

export const deleteBucket: Operation = (s3, { bucket }) => {
  const parts = s3.context.transaction(() => {
    const { name } = bucketOf(s3, bucket)
    if (!s3.objects.isEmpty(name)) throw new S3Error('BucketNotEmpty', undefined, { BucketName: name })
    const unfinished = s3.uploads.inBucket(name).flatMap(({ id }) => s3.uploads.parts(id))
    s3.buckets.remove(name)
    return unfinished
  })
  s3.files.remove(parts)
  return { status: 204 }
}

export const getBucketLocation: Operation = (s3, { bucket }) => {
  const { region } = bucketOf(s3, bucket)
  return { xml: { root: 'LocationConstraint', content: region === defaultRegion ? '' : region } }
}
