import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3'
import type { FedDelivery, PackageFile } from './deliveries.ts'
import { oneLine } from '../errors/one-line.ts'
import { UserError } from '../errors/user-error.ts'
import { putFile, type Putting } from './put-file.ts'

/** A package on this machine's disk, with what tells it from others. */
export interface LocalPackage extends PackageFile {
  readonly path: string
  readonly size: number
}

/** Reads what is asked for, before anything is started. Throws `UserError` naming each file that is missing or unreadable. */
export async function localPackages(files: readonly string[], base: string): Promise<LocalPackage[]> {
  const problems: string[] = []
  const packages: LocalPackage[] = []
  for (const file of files) {
    const path = resolve(base, file)
    try {
      const stat = statSync(path)
      if (!stat.isFile()) throw new Error('not a file')
      packages.push({ key: basename(path), file: path, path, size: stat.size, md5: await md5Of(path) })
    } catch (error) {
      problems.push(`  ${file}: ${isMissing(error) ? 'there is no such file' : oneLine(error)}`)
    }
  }
  if (problems.length > 0) {
    throw new UserError(`Nothing was delivered, for what is named cannot be read:\n${problems.join('\n')}`)
  }
  return packages
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** The sample article: a package that nobody named. */
export async function samplePackage(path: string): Promise<LocalPackage> {
  return { key: basename(path), path, size: statSync(path).size, md5: await md5Of(path) }
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

/**
 * Puts a package into the production bucket: the delivery itself. Its metadata asks for automatic publication where wanted. What an attempt
 * has brought there, though its answer was lost, is not put again: that would be a second delivery.
 *
 * @param options.onRetry told the reason when it is tried again
 */
export async function putPackage(
  s3: S3Client,
  bucket: string,
  item: LocalPackage,
  options: {
    delivery: FedDelivery
    onRetry?: (reason: string, milliseconds: number) => void
    pause?: Putting['pause']
  },
): Promise<void> {
  const { delivery, onRetry, pause } = options
  await putFile(
    s3,
    {
      path: item.path,
      size: item.size,
      bucket,
      key: item.key,
      contentType: 'application/zip',
      ...(delivery.automatic && { metadata: { publication: 'automatic' } }),
    },
    {
      arrived: async () => ((await arrived(s3, bucket, delivery)) ? delivery.md5 : undefined),
      ...(onRetry && { onRetry }),
      ...(pause && { pause }),
    },
  )
}

/** Did an intended delivery reach the bucket before the crash that left it unconfirmed? */
export async function arrived(s3: S3Client, bucket: string, delivery: FedDelivery): Promise<boolean> {
  try {
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: delivery.key }))
    // S3 tells whole seconds.
    const since = Math.floor(Date.parse(delivery.intendedAt) / 1000) * 1000
    return head.ETag?.replaceAll('"', '') === delivery.md5 && (head.LastModified?.getTime() ?? 0) >= since
  } catch (error) {
    if (error instanceof NotFound) return false
    throw error
  }
}
