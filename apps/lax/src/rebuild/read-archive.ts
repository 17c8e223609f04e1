import { Readable } from 'node:stream'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Journal } from '@continuum/article'
import {
  convertXml,
  parseMark,
  readArchivedVersion,
  type Archive,
  type ArchivedMark,
  type RetractionMark,
} from '@continuum/package'

/** A version as it was published. */
export interface PublishedVersion {
  readonly article: Record<string, unknown>
  readonly run: string
  /** The instant at which it became public. */
  readonly published: string
  /** False where the archive has no manifest: the article JSON is made of the XML, and the date is that of the name. */
  readonly exact: boolean
}

interface Reading {
  readonly s3: S3Client
  readonly bucket: string
  readonly journals: readonly Journal[]
  readonly cdnUrl: string
}

/** Reads a version from its archive. @throws what reading a package and converting its XML throw */
export async function readArchive(archive: Archive, reading: Reading): Promise<PublishedVersion> {
  const { key, article: articleId, version, journal } = archive
  const { s3, bucket, journals, cdnUrl } = reading
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  if (!(Body instanceof Readable)) throw new Error(`S3 returned no data for ${key}`)
  return readArchivedVersion(archive, Body, async ({ run, published, manifest, readFiles }) => {
    if (manifest?.article) return { article: manifest.article, run, published, exact: true }
    const { xml, names, readBeside } = await readFiles()
    const { article } = await convertXml(xml, { journal, journals, articleId, version, cdnUrl, names, readBeside })
    return { article: { ...article }, run, published, exact: false }
  })
}

/** Reads a mark. A withdrawal of which only the files tell gets words that say so. @throws where the mark is not one */
export async function readMark(
  { key, told }: ArchivedMark,
  { s3, bucket }: Pick<Reading, 's3' | 'bucket'>,
  now: Temporal.Instant,
): Promise<RetractionMark> {
  if (!told) return { format: 1, who: 'the rebuild', why: 'This article has been withdrawn.', at: now.toString() }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return parseMark((await Body?.transformToString()) ?? '')
}
