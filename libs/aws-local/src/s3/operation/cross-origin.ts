import type { IncomingHttpHeaders } from 'node:http'
import { answerCors, parseCors } from '../wire/cors.ts'
import { header } from '../wire/headers.ts'
import { S3Error } from '../model/errors.ts'
import { bucketOf, type Operation, type S3 } from './s3.ts'

/** The CORS headers of a reply to a page of another origin; empty where no rule of the bucket matches. */
export function crossOriginHeaders(s3: S3, bucket: string, method: string, headers: IncomingHttpHeaders) {
  const origin = header(headers, 'origin')
  const stored = origin === undefined ? undefined : s3.buckets.configuration(bucket, 'cors')
  if (origin === undefined || stored === undefined) return {}
  return answerCors(parseCors(stored), { origin, method, headers: [] }) ?? {}
}

/** A preflight request. It carries no credentials, so everyone gets an answer. */
export const preflight: Operation = (s3, { bucket, headers }) => {
  const origin = header(headers, 'origin')
  const method = header(headers, 'access-control-request-method')
  if (origin === undefined || method === undefined)
    throw new S3Error(
      'BadRequest',
      'Insufficient information. Origin and Access-Control-Request-Method request headers needed.',
    )
  const stored = s3.buckets.configuration(bucketOf(s3, bucket).name, 'cors')
  if (stored === undefined) throw new S3Error('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.')
  const wanted = (header(headers, 'access-control-request-headers') ?? '').split(',').map((name) => name.trim())
  const answer = answerCors(parseCors(stored), { origin, method, headers: wanted.filter((name) => name !== '') })
  if (!answer) throw new S3Error('AccessForbidden')
  return { headers: answer }
}
