import { open, realpath } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3'
import type { ReadBeside } from '@continuum/package'

/** Thrown when a location may not be read. Never retried: a person must give another. */
export class LocationRefusedError extends Error {
  override readonly name = 'LocationRefusedError'
  readonly retry = false
}

/** Thrown when a location cannot be read. With `retry` a later attempt may succeed. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
  readonly retry: boolean

  constructor(message: string, options: ErrorOptions & { retry: boolean }) {
    super(message, options)
    this.retry = options.retry
  }
}

/** The file at a location, and those beside it. */
export interface Source {
  readonly bytes: Uint8Array
  readonly readBeside: ReadBeside
}

/** Reads a location. */
export type ReadLocation = (location: string) => Promise<Source>

/** Files are read as a whole; the largest figures of print have some 200 MB. */
const maxBytes = 256 * 1024 ** 2
const timeoutMilliseconds = 60_000

/**
 * Creates the reader of locations: `file:` below a folder; `https:`, and of that the environment's own bucket with the
 * credentials of the process.
 *
 * @param options.filesRoot the folder; without one every `file:` is refused
 * @param options.bucket the bucket that is read with the SDK, whatever host of S3 the address names
 * @returns a function that throws LocationRefusedError and DownloadError
 */
export function locationReader(options: {
  s3: S3Client
  bucket: string
  filesRoot?: string | undefined
}): ReadLocation {
  const read = async (url: URL): Promise<Uint8Array | undefined> => {
    if (url.protocol === 'file:') return readFileBelow(options.filesRoot, url)
    const key = keyIn(options.bucket, url)
    return key === undefined ? readHttps(url) : readObject(options.s3, options.bucket, key)
  }
  return async (location) => {
    const url = parseUrl(location)
    const bytes = await read(url)
    if (!bytes) throw new DownloadError('there is nothing at this address', { retry: false })
    return { bytes, readBeside: (name) => read(new URL(encodeURIComponent(name), url)) }
  }
}

function parseUrl(location: string): URL {
  const url = URL.parse(location)
  if (url?.protocol === 'https:' || url?.protocol === 'file:') return url
  throw new LocationRefusedError(`${location} is no https: or file: address`)
}

async function readFileBelow(root: string | undefined, url: URL): Promise<Uint8Array | undefined> {
  if (root === undefined) {
    throw new LocationRefusedError(`${url.href} is a file, and this environment takes none (its FILES_ROOT is not set)`)
  }
  const path = url.host === '' ? fileURLToPath(url) : '/'
  // Before the disk is asked, so that nobody can find out what lies elsewhere; then again, for a link may lead there.
  if (!isBelow(resolve(root), path)) throw outside(url, root)
  try {
    const real = await realpath(path)
    if (!isBelow(await realpath(root), real)) throw outside(url, root)
    await using file = await open(real)
    if ((await file.stat()).size > maxBytes) throw tooLarge()
    return await file.readFile()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code === undefined) throw cause
    throw new DownloadError(String(cause), { cause, retry: false })
  }
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)
}

function outside(url: URL, root: string): LocationRefusedError {
  return new LocationRefusedError(`${url.href} is not below ${root}`)
}

function tooLarge(): DownloadError {
  return new DownloadError(`it is larger than ${maxBytes} bytes`, { retry: false })
}

/** The key that an address of S3 names in the bucket: `s3.region.amazonaws.com/bucket/key` or `bucket.s3.region.amazonaws.com/key`. */
function keyIn(bucket: string, { hostname, pathname }: URL): string | undefined {
  const host = /^(?:(?<bucket>.+)\.)?s3[.-](?:[a-z0-9-]+\.)*amazonaws\.com(?:\.cn)?$|^s3\.amazonaws\.com$/.exec(
    hostname,
  )
  if (!host) return undefined
  const path = decodeURIComponent(pathname.slice(1))
  const named = host.groups?.['bucket']
  if (named !== undefined) return named === bucket ? path : undefined
  return path.startsWith(`${bucket}/`) ? path.slice(bucket.length + 1) : undefined
}

async function readObject(s3: S3Client, Bucket: string, Key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    if (ContentLength > maxBytes) throw tooLarge()
    return await Body?.transformToByteArray()
  } catch (cause) {
    if (cause instanceof NoSuchKey) return undefined
    if (cause instanceof DownloadError) throw cause
    throw new DownloadError(`S3 answered: ${String(cause)}`, { cause, retry: true })
  }
}

async function readHttps(url: URL): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMilliseconds) }).catch(
    (cause: unknown) => {
      throw new DownloadError(reasonOf(cause), { cause, retry: true })
    },
  )
  const { ok, status, headers } = response
  if (!ok) await response.body?.cancel()
  if (status === 404 || status === 410) return undefined
  if (!ok) throw new DownloadError(`the server answered ${status}`, { retry: status >= 500 || status === 429 })
  if (Number(headers.get('content-length')) > maxBytes) throw tooLarge()
  return new Uint8Array(await response.arrayBuffer())
}

/** `fetch` says "fetch failed"; the reason is in its cause. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.cause instanceof Error) return reasonOf(error.cause)
  return error instanceof Error ? error.message || error.name : String(error)
}
