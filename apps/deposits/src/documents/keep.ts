import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createWriteStream } from 'node:fs'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { Document } from '@continuum/recipients'
import type { Draft } from './draft.ts'
import { openFile } from '../services/files.ts'
import type { DepositRow, StoredDocument } from '../store/deposits.ts'

/** Bytes up to which a document is held in memory while it is sent; a larger one passes through the disk. */
const maxBytesInMemory = 8 * 1024 * 1024

/** Keeps a document under its deposit, byte for byte. A document that is made again has another key: what was sent stays. */
export async function keepDocument(
  { s3, bucket }: { s3: S3Client; bucket: string },
  deposit: DepositRow,
  { name, mediaType, bytes }: Draft,
  signal: AbortSignal,
): Promise<StoredDocument> {
  const { recipient, article, version, run, id, tries } = deposit
  const key = `${recipient}/${article}/v${version}/${run}/${id}.${tries}/${name}`
  const place = { Bucket: bucket, Key: key, ContentType: mediaType }
  if (bytes instanceof Uint8Array) {
    await s3.send(new PutObjectCommand({ ...place, Body: bytes }), { abortSignal: signal })
    return { name, mediaType, bytes: bytes.length, sha256: hash('sha256', bytes), key }
  }
  const sum = createHash('sha256')
  let size = 0
  const measure = new Transform({
    transform: (chunk: Buffer, _, done) => {
      sum.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  const upload = new Upload({ client: s3, params: { ...place, Body: measure } })
  signal.addEventListener('abort', () => void upload.abort(), { once: true })
  await Promise.all([pipeline(bytes(), measure, { signal }), upload.done()])
  return { name, mediaType, bytes: size, sha256: sum.digest('hex'), key }
}

/** Opens a kept document for sending; disposing of it removes its copy on the disk, where it has one. */
export async function openDocument(
  { s3, bucket }: { s3: S3Client; bucket: string },
  { name, mediaType, bytes, key }: StoredDocument,
  signal: AbortSignal,
): Promise<Document & AsyncDisposable> {
  const stream = await openFile(s3, bucket, key, signal)
  if (bytes <= maxBytesInMemory) {
    const content = Buffer.concat(await stream.toArray({ signal }))
    return { name, mediaType, bytes: content, [Symbol.asyncDispose]: async () => {} }
  }
  const folder = await mkdtemp(join(tmpdir(), 'continuum-deposit-'))
  const path = join(folder, 'document')
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await pipeline(stream, createWriteStream(path), { signal })
    const { size } = await stat(path)
    return {
      name,
      mediaType,
      bytes: { size, open: () => createReadStream(path) },
      [Symbol.asyncDispose]: remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}
