import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { findArticleXml, type Journal } from '@continuum/article'
import {
  convertXml,
  openPackage,
  readArchiveManifest,
  readArticleFiles,
  RetractionMark,
  unpackFile,
  type Archive,
  type ArchivedMark,
} from '@continuum/package'
import { Value } from 'typebox/value'

/** A version as it was published. */
export interface ArchivedVersion {
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
export async function readArchive(archive: Archive, reading: Reading): Promise<ArchivedVersion> {
  const folder = await mkdtemp(join(tmpdir(), 'continuum-rebuild-'))
  try {
    const path = join(folder, 'archive.zip')
    await download(reading, archive.key, path)
    const manifest = await readArchiveManifest(path)
    const { run = `archive-${archive.stamp}`, published = archive.stamp } = manifest ?? {}
    if (manifest?.article) return { article: manifest.article, run, published, exact: true }
    return { article: await convert(path, archive, reading, folder), run, published, exact: false }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Reads a mark. A withdrawal of which only the files tell gets words that say so. @throws where the mark is not one */
export async function readMark(
  { key, told }: ArchivedMark,
  { s3, bucket }: Pick<Reading, 's3' | 'bucket'>,
  now: Temporal.Instant,
): Promise<RetractionMark> {
  if (!told) return { format: 1, who: 'the rebuild', why: 'This article has been withdrawn.', at: now.toString() }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return Value.Parse(RetractionMark, JSON.parse((await Body?.transformToString()) ?? ''))
}

async function download({ s3, bucket }: Reading, key: string, path: string): Promise<void> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  if (!(Body instanceof Readable)) throw new Error(`S3 returned no data for ${key}`)
  await pipeline(Body, createWriteStream(path))
}

async function convert(
  path: string,
  { article, version, journal }: Archive,
  { journals, cdnUrl }: Reading,
  folder: string,
): Promise<Record<string, unknown>> {
  const { zip, bytes } = await openPackage(path)
  try {
    const signal = new AbortController().signal
    const { files } = await readArticleFiles(zip, bytes, { journal, articleId: article, scratch: folder, signal })
    const names = files.map(({ name }) => name)
    const readBeside = async (name: string) => {
      const file = files.find((each) => each.name === name)
      if (!file) return undefined
      const unpacked = join(folder, 'file')
      await unpackFile(zip, file, unpacked, signal)
      return readFile(unpacked)
    }
    const found = findArticleXml({ journal, articleId: article, files: names })
    if ('problem' in found) throw new Error(found.problem.message)
    const xml = (await readBeside(found.file)) ?? Buffer.alloc(0)
    const about = { journal, journals, articleId: article, version, cdnUrl, names, readBeside }
    const converted = await convertXml(xml, about)
    return { ...converted.article }
  } finally {
    zip.close()
  }
}
