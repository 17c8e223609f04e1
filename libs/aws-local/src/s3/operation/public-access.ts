import { S3Error } from '../model/errors.ts'
import type { BucketStore } from '../store/bucket-store.ts'
import { readDocument } from './document.ts'
import { bucketOf, type Operation } from './s3.ts'
import { childText, onlyChildren, readXml } from '../wire/xml-reader.ts'

const settings = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const
type Setting = (typeof settings)[number]

/** The default of every new bucket, as on AWS: all public access is blocked until this is removed. */
export const everythingBlocked = JSON.stringify(settings)

/** The enabled settings, as a JSON list; empty after the configuration was deleted. */
const parse = (stored: string | undefined): readonly string[] => (stored === undefined ? [] : JSON.parse(stored))

/** True if a bucket has this setting enabled. ACLs do not exist here, so only the two about policies have an effect. */
export const blocks = (buckets: BucketStore, bucket: string, setting: Setting): boolean =>
  parse(buckets.configuration(bucket, 'public-access-block')).includes(setting)

export const getPublicAccessBlock: Operation = (s3, { bucket }) => {
  const stored = s3.buckets.configuration(bucketOf(s3, bucket).name, 'public-access-block')
  if (stored === undefined) throw new S3Error('NoSuchPublicAccessBlockConfiguration', undefined, { BucketName: bucket })
  const content = Object.fromEntries(settings.map((setting) => [setting, parse(stored).includes(setting)]))
  return { xml: { root: 'PublicAccessBlockConfiguration', content } }
}

export const putPublicAccessBlock: Operation = async (s3, call) => {
  const root = readXml(await readDocument(call), 'PublicAccessBlockConfiguration')
  onlyChildren(root, settings)
  const on = settings.filter((setting) => childText(root, setting)?.trim().toLowerCase() === 'true')
  s3.buckets.configure(bucketOf(s3, call.bucket).name, 'public-access-block', JSON.stringify(on))
  return {}
}

export const deletePublicAccessBlock: Operation = (s3, { bucket }) => {
  s3.buckets.configure(bucketOf(s3, bucket).name, 'public-access-block', undefined)
  return { status: 204 }
}
