import { Readable } from 'node:stream'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describeArticle, parseArticleXml, toEif, type Journal } from '@continuum/article'
import { readArchivedVersion, type Archive } from '@continuum/package'

/** A version as the site was posted it. */
export interface PostedVersion {
  readonly eif: Readonly<Record<string, unknown>>
  readonly run: string
  /** The instant at which it became public. */
  readonly published: string
}

/** The archive bucket, and the journals of the environment. */
export interface ArchiveSource {
  readonly s3: S3Client
  readonly bucket: string
  readonly journals: readonly Journal[]
}

/** Reads a version from its archive. An archive without an EIF has the XML that it is made of. @throws what reading a package throws */
export async function readPostedVersion(archive: Archive, source: ArchiveSource): Promise<PostedVersion> {
  const { key, article, version, journal } = archive
  const { s3, bucket, journals } = source
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  if (!(Body instanceof Readable)) throw new Error(`S3 returned no data for ${key}`)
  return readArchivedVersion(archive, Body, async ({ run, published, manifest, readFiles }) => {
    if (manifest?.eif) return { eif: manifest.eif, run, published }
    const xml = parseArticleXml((await readFiles()).xml)
    const description = describeArticle(xml, journal, { packagedAs: article, journals })
    return { eif: { ...toEif(xml, { journal, version, description }) }, run, published }
  })
}
