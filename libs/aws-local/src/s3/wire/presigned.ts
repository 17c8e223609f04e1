import type { IncomingHttpHeaders } from 'node:http'
import { canonicalRequest, encode, sameSignature, signatureOf, signingTime } from '../../signature/v4.ts'
import type { Address } from './address.ts'
import { header } from './headers.ts'
import { S3Error } from '../model/errors.ts'

/** Finds the secret of an access key. */
export type SecretOf = (accessKey: string) => string | undefined

/** The secret of an access key. Throws InvalidAccessKeyId if it is unknown. */
export function knownSecret(secretOf: SecretOf, accessKey: string): string {
  const secret = secretOf(accessKey)
  if (secret === undefined) throw new S3Error('InvalidAccessKeyId', undefined, { AWSAccessKeyId: accessKey })
  return secret
}

const maxExpirySeconds = 604_800
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
 * Checks a presigned URL (Signature Version 4 in the query). `now` is in milliseconds. Throws AuthorizationQueryParametersError,
 * InvalidAccessKeyId, AccessDenied (`Request has expired`) or SignatureDoesNotMatch.
 */
export function checkPresigned(
  method: string,
  address: Address,
  headers: IncomingHttpHeaders,
  now: number,
  secretOf: SecretOf,
): void {
  const [algorithm = '', credential = '', date = '', expires = '', signedHeaders = '', signature = ''] = parameters.map(
    (name) => address.query.get(name) ?? '',
  )
  const signed = signingTime(date)
  const [, accessKey, scope] = /^([^/]+)\/(\d{8}\/[^/]+\/s3\/aws4_request)$/.exec(credential) ?? []
  const complete = algorithm === 'AWS4-HMAC-SHA256' && !Number.isNaN(signed) && /^\d{1,9}$/.test(expires)
  if (!complete || accessKey === undefined || scope === undefined)
    throw new S3Error('AuthorizationQueryParametersError')
  if (Number(expires) > maxExpirySeconds)
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
  const { rawPath, query } = address
  const request = canonicalRequest({
    method,
    path: rawPath
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    query: [...query].filter(([name]) => name !== 'X-Amz-Signature'),
    header: (name) => header(headers, name),
    signedHeaders,
    payload: query.get('X-Amz-Content-Sha256') ?? header(headers, 'x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
  })
  if (!sameSignature(signature, signatureOf(request, { date, scope }, knownSecret(secretOf, accessKey))))
    throw new S3Error('SignatureDoesNotMatch', undefined, { CanonicalRequest: request })
}
