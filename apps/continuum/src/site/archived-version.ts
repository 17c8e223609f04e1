import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describeArticle, findArticleXml, parseArticleXml, toEif, type Journal } from '@continuum/article'
import { openPackage, readArchiveManifest, readArticleFiles, unpackFile, type Archive } from '@continuum/package'

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
  const folder = await mkdtemp(join(tmpdir(), 'continuum-archive-'))
  try {
    const path = join(folder, 'archive.zip')
    const { Body } = await source.s3.send(new GetObjectCommand({ Bucket: source.bucket, Key: archive.key }))
    if (!(Body instanceof Readable)) throw new Error(`S3 returned no data for ${archive.key}`)
    await pipeline(Body, createWriteStream(path))
    const manifest = await readArchiveManifest(path)
    const { run = `archive-${archive.stamp}`, published = archive.stamp } = manifest ?? {}
    return { eif: manifest?.eif ?? (await eifOf(path, folder, archive, source.journals)), run, published }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function eifOf(
  path: string,
  folder: string,
  { article, version, journal }: Archive,
  journals: readonly Journal[],
): Promise<PostedVersion['eif']> {
  const { zip, bytes } = await openPackage(path)
  try {
    const { signal } = new AbortController()
    const { files } = await readArticleFiles(zip, bytes, { journal, articleId: article, scratch: folder, signal })
    const found = findArticleXml({ journal, articleId: article, files: files.map(({ name }) => name) })
    if ('problem' in found) throw new Error(found.problem.message)
    const file = files.find(({ name }) => name === found.file)
    if (!file) throw new Error(`${path} has no ${found.file}`)
    const unpacked = join(folder, 'article.xml')
    await unpackFile(zip, file, unpacked, signal)
    const xml = parseArticleXml(await readFile(unpacked))
    const description = describeArticle(xml, journal, { packagedAs: article, journals })
    return { ...toEif(xml, { journal, version, description }) }
  } finally {
    zip.close()
  }
}
