import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Address } from './address.ts'
import { header } from './description.ts'
import { S3Error } from './errors.ts'

/** The secret of every access key of this server, with which presigned addresses must be signed. */
export const localSecret = 'local'

const longest = 604_800
const parameters = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
]

export const isPresigned = ({ query }: Address): boolean => query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm')

/**
 * Checks a presigned address (Signature Version 4 in the query). `now` in milliseconds.
 * Throws AuthorizationQueryParametersError, AccessDenied (`Request has expired`) or SignatureDoesNotMatch.
 */
export function checkPresigned(method: string, address: Address, headers: IncomingHttpHeaders, now: number): void {
  const [algorithm = '', credential = '', date = '', expires = '', signedHeaders = '', signature = ''] = parameters.map(
    (name) => address.query.get(name) ?? '',
  )
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const [, scope] = /^[^/]+\/(\d{8}\/[^/]+\/s3\/aws4_request)$/.exec(credential) ?? []
  if (algorithm !== 'AWS4-HMAC-SHA256' || Number.isNaN(signed) || scope === undefined || !/^\d{1,9}$/.test(expires))
    throw new S3Error('AuthorizationQueryParametersError')
  if (Number(expires) > longest)
    throw new S3Error(
      'AuthorizationQueryParametersError',
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    )
  if (now > signed + Number(expires) * 1000)
    throw new S3Error('AccessDenied', 'Request has expired', {
      'X-Amz-Expires': expires,
      Expires: new Date(signed + Number(expires) * 1000).toISOString(),
      ServerTime: new Date(now).toISOString(),
    })
  const request = canonicalRequest(method, address, headers, signedHeaders)
  const expected = sign(scope, [algorithm, date, scope, createHash('sha256').update(request).digest('hex')].join('\n'))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new S3Error('SignatureDoesNotMatch', undefined, { CanonicalRequest: request })
}

function canonicalRequest(
  method: string,
  { rawPath, query }: Address,
  headers: IncomingHttpHeaders,
  signed: string,
): string {
  const path = rawPath
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/')
  const pairs = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
  const lines = signed.split(';').map((name) => `${name}:${(header(headers, name) ?? '').trim().replace(/ +/g, ' ')}\n`)
  const payload = query.get('X-Amz-Content-Sha256') ?? header(headers, 'x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD'
  return [method, path, pairs.join('&'), lines.join(''), signed, payload].join('\n')
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)

function sign(scope: string, text: string): Buffer {
  const mac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()
  const key = scope.split('/').reduce<string | Buffer>(mac, `AWS4${localSecret}`)
  return Buffer.from(createHmac('sha256', key).update(text).digest('hex'))
}
