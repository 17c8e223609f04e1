import type { IncomingMessage } from 'node:http'
import type { AwsError, ServiceName } from '../shared/aws-error.ts'
import { canonicalRequest, encode, sameSignature, sha256, signatureOf, signingTime } from './v4.ts'

/** Maximum difference between client and server clocks, in milliseconds: 15 minutes, as on AWS. */
const allowedSkew = 15 * 60_000

/** The content of `Authorization: AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`. */
interface Claim {
  readonly accessKey: string
  readonly scope: string
  readonly signedHeaders: string
  readonly signature: string
}

/**
 * Verifies the signature of a request; returns undefined if it is valid. `body` is the whole body, for services whose clients sign
 * it; S3 clients sign the hash in `x-amz-content-sha256`, against which S3 checks the bytes as they arrive. `now` is wall-clock
 * time, which clients sign with, whatever the time of this server.
 */
export function verifySignature(
  service: ServiceName | 'admin',
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Uint8Array | undefined,
  secretOf: (accessKey: string) => string | undefined,
  now: number,
): AwsError | undefined {
  const refuse = refusals[service === 's3' ? 's3' : 'others']
  const header = (name: string) => [request.headers[name]].flat().join(',')
  const authorization = header('authorization')
  if (!authorization.startsWith('AWS4-HMAC-SHA256')) return refuse.mechanism
  const claim = parseClaim(authorization, service)
  const date = header('x-amz-date')
  const signed = signingTime(date)
  if (claim === undefined || Number.isNaN(signed) || !claim.scope.startsWith(date.slice(0, 8))) return refuse.malformed
  const secret = secretOf(claim.accessKey)
  if (secret === undefined) return refuse.unknownKey
  if (Math.abs(now - signed) > allowedSkew) return refuse.skewed
  const canonical = canonicalRequest({
    method: request.method ?? 'GET',
    ...addressOf(service, request.url ?? '/'),
    header,
    signedHeaders: claim.signedHeaders,
    payload: service === 's3' ? header('x-amz-content-sha256') : sha256(body ?? ''),
  })
  const expected = signatureOf(canonical, { date, scope: claim.scope }, secret)
  return sameSignature(claim.signature, expected) ? undefined : refuse.mismatch
}

function parseClaim(authorization: string, service: ServiceName | 'admin'): Claim | undefined {
  const [, accessKey, scope] =
    /\bCredential=([^/,\s]+)\/(\d{8}\/[^/,\s]+\/[\w-]+\/aws4_request)/.exec(authorization) ?? []
  const [, signedHeaders] = /\bSignedHeaders=([^,\s]+)/.exec(authorization) ?? []
  const [, signature] = /\bSignature=([0-9a-f]{64})/.exec(authorization) ?? []
  if (accessKey === undefined || scope === undefined || signedHeaders === undefined || signature === undefined)
    return undefined
  const covers =
    signedHeaders.split(';').includes('host') && scope.split('/')[2] === (service === 'admin' ? 'aws-local' : service)
  return covers ? { accessKey, scope, signedHeaders, signature } : undefined
}

/** Path and query as signed: S3 encodes the path once, the others twice. */
function addressOf(service: ServiceName | 'admin', url: string) {
  const [rawPath = '/', ...query] = url.replace(/^https?:\/\/[^/?]*/i, '').split('?')
  const part = service === 's3' ? (text: string) => encode(decoded(text)) : encode
  return { path: rawPath.split('/').map(part).join('/') || '/', query: new URLSearchParams(query.join('?')) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const coral = 'com.amazon.coral.service#'
const mismatchText =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

const others = {
  mechanism: {
    status: 400,
    code: 'IncompleteSignature',
    type: `${coral}IncompleteSignatureException`,
    message: 'Authorization header requires the algorithm AWS4-HMAC-SHA256.',
  },
  malformed: {
    status: 400,
    code: 'IncompleteSignature',
    type: `${coral}IncompleteSignatureException`,
    message:
      "Authorization header requires 'Credential' (of this service), 'SignedHeaders' (with host) and 'Signature' parameters, and the header 'X-Amz-Date' of the same day.",
  },
  unknownKey: {
    status: 403,
    code: 'InvalidClientTokenId',
    type: `${coral}UnrecognizedClientException`,
    message: 'The security token included in the request is invalid.',
  },
  skewed: {
    status: 403,
    code: 'SignatureDoesNotMatch',
    type: `${coral}InvalidSignatureException`,
    message:
      'Signature expired, or not yet current: the time of the request is more than 15 min from that of the server.',
  },
  mismatch: {
    status: 403,
    code: 'SignatureDoesNotMatch',
    type: `${coral}InvalidSignatureException`,
    message: mismatchText,
  },
} as const satisfies Record<string, AwsError>

const s3 = {
  mechanism: {
    ...others.mechanism,
    code: 'InvalidRequest',
    message: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  },
  malformed: { ...others.malformed, code: 'AuthorizationHeaderMalformed' },
  unknownKey: {
    ...others.unknownKey,
    code: 'InvalidAccessKeyId',
    message: 'The AWS Access Key Id you provided does not exist in our records.',
  },
  skewed: {
    ...others.skewed,
    code: 'RequestTimeTooSkewed',
    message: 'The difference between the request time and the current time is too large.',
  },
  mismatch: {
    ...others.mismatch,
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  },
} as const satisfies Record<keyof typeof others, AwsError>

const refusals = { s3, others }
