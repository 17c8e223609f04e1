import type { IncomingHttpHeaders } from 'node:http'
import { header } from './headers.ts'
import { S3Error } from '../model/errors.ts'

/** The properties that conditions refer to: entity tag without quotes, time of the last change in milliseconds. */
interface Current {
  readonly etag: string
  readonly modified: number
}

const matches = (condition: string, etag: string): boolean =>
  condition.split(',').some((it) => ['*', etag].includes(it.trim().replace(/^W\//, '').replaceAll('"', '')))

/** A date header in milliseconds; an invalid date counts as absent, as HTTP requires. */
function instant(headers: IncomingHttpHeaders, name: string): number | undefined {
  const time = Date.parse(header(headers, name) ?? '')
  return Number.isNaN(time) ? undefined : time
}

const failed = (condition: string) => new S3Error('PreconditionFailed', undefined, { Condition: condition })

/**
 * Checks the conditions of GET and HEAD. If-Match takes precedence over If-Unmodified-Since, If-None-Match over If-Modified-Since.
 * Throws PreconditionFailed (412) or NotModified (304).
 */
export function checkRead(headers: IncomingHttpHeaders, { etag, modified }: Current): void {
  const [match, noneMatch] = [header(headers, 'if-match'), header(headers, 'if-none-match')]
  const [unmodified, modifiedSince] = [instant(headers, 'if-unmodified-since'), instant(headers, 'if-modified-since')]
  if (match === undefined ? unmodified !== undefined && modified > unmodified : !matches(match, etag))
    throw failed(match === undefined ? 'If-Unmodified-Since' : 'If-Match')
  if (noneMatch === undefined ? modifiedSince !== undefined && modified <= modifiedSince : matches(noneMatch, etag))
    throw new S3Error('NotModified')
}

/** Checks the same four conditions for the source of a copy, prefixed `x-amz-copy-source-`; every failure is PreconditionFailed. */
export function checkCopySource(headers: IncomingHttpHeaders, source: Current): void {
  const plain = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('x-amz-copy-source-if-'))
      .map(([name, value]) => [name.slice('x-amz-copy-source-'.length), value]),
  )
  try {
    checkRead(plain, source)
  } catch (error) {
    if (error instanceof S3Error && error.code === 'NotModified') throw failed('x-amz-copy-source-If-None-Match')
    throw error
  }
}

/**
 * Checks the conditions of a write (PutObject, CompleteMultipartUpload, DeleteObject). Call it in the transaction that writes.
 * Throws PreconditionFailed, or NoSuchKey if If-Match is given and there is no object.
 */
export function checkWrite(headers: IncomingHttpHeaders, current: Current | undefined): void {
  const [match, noneMatch] = [header(headers, 'if-match'), header(headers, 'if-none-match')]
  if (noneMatch !== undefined && noneMatch !== '*')
    throw new S3Error('NotImplemented', 'The only If-None-Match supported on writes is *.', { Header: 'If-None-Match' })
  if (noneMatch !== undefined && current) throw failed('If-None-Match')
  if (match === undefined) return
  if (!current) throw new S3Error('NoSuchKey')
  if (!matches(match, current.etag)) throw failed('If-Match')
}
