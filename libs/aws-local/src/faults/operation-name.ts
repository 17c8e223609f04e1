import type { IncomingMessage } from 'node:http'
import type { ServiceName } from '../shared/aws-error.ts'
import { parseAddress } from '../s3/wire/address.ts'
import { S3Error } from '../s3/model/errors.ts'
import { matchRoute } from '../s3/wire/routes.ts'

/** The operation of a request in any protocol; undefined if it names none. `body` is only needed for forms. */
export function operationNameOf(
  service: ServiceName,
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: string,
): string | undefined {
  const target = headers['x-amz-target']
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1)
  if (service !== 's3') return new URLSearchParams(body).get('Action') ?? undefined
  try {
    return matchRoute(method, parseAddress(url, headers.host ?? '', ['localhost']), 'x-amz-copy-source' in headers)
  } catch (error) {
    if (error instanceof S3Error) return undefined
    throw error
  }
}
