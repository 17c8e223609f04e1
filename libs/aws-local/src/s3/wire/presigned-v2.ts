import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Address } from './address.ts'
import { header } from './headers.ts'
import { S3Error } from '../model/errors.ts'
import { sameSignature } from '../../signature/v4.ts'
import { knownSecret, type SecretOf } from './presigned.ts'

// Query parameters that the signature covers.
const signedParameters =
  /^(acl|cors|delete|lifecycle|location|notification|partNumber|policy|tagging|torrent|uploadId|uploads|versionId|versioning|versions|website|response-.+)$/

export const isPresignedV2 = ({ query }: Address): boolean => query.has('AWSAccessKeyId') && query.has('Signature')

/**
 * Checks a URL presigned with Signature Version 2, which boto3 and awscli still create in us-east-1. `headers` include those from
 * the query; `now` is in milliseconds. Throws AccessDenied (`Request has expired`), InvalidAccessKeyId or SignatureDoesNotMatch.
 */
export function checkPresignedV2(
  method: string,
  address: Address,
  headers: IncomingHttpHeaders,
  now: number,
  secretOf: SecretOf,
): void {
  const { query, rawPath } = address
  const expires = query.get('Expires') ?? ''
  if (!/^\d{1,12}$/.test(expires)) throw new S3Error('AccessDenied', 'Invalid date (should be seconds since epoch)')
  if (now > Number(expires) * 1000)
    throw new S3Error('AccessDenied', 'Request has expired', { ServerTime: new Date(now).toISOString() })
  const amz = Object.keys(headers)
    .filter((name) => name.startsWith('x-amz-'))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => `${name}:${header(headers, name) ?? ''}\n`)
  const parameters = [...query]
    .filter(([name]) => signedParameters.test(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  const resource = parameters.length > 0 ? `${rawPath}?${parameters.join('&')}` : rawPath
  const standard = [method, header(headers, 'content-md5') ?? '', header(headers, 'content-type') ?? '', expires]
  const text = `${standard.join('\n')}\n${amz.join('')}${resource}`
  const secret = knownSecret(secretOf, query.get('AWSAccessKeyId') ?? '')
  const expected = createHmac('sha1', secret).update(text).digest()
  if (!sameSignature(Buffer.from(query.get('Signature') ?? '', 'base64'), expected))
    throw new S3Error('SignatureDoesNotMatch', undefined, { StringToSign: text })
}
