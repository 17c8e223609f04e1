import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HttpService } from '../shared/context.ts'
import { isFromAnotherOrigin } from '../shared/origin.ts'
import { formatXml } from '../shared/xml.ts'
import { authorize } from './operation/access.ts'
import { parseAddress, type Address } from './wire/address.ts'
import { crossOriginHeaders } from './operation/cross-origin.ts'
import { headerValue } from './wire/headers.ts'
import { S3Error } from './model/errors.ts'
import { isPresignedV2 } from './wire/presigned-v2.ts'
import { operations } from './operations.ts'
import { matchRoute } from './wire/routes.ts'
import type { Answer, S3 } from './operation/s3.ts'
import { refuseUnsupportedHeaders } from './wire/unsupported-headers.ts'

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** S3 over HTTP. */
export function createService(s3: S3): HttpService {
  return async (request, response) => {
    const requestId = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase()
    const answer = await answerTo(s3, request, requestId)
    await send(request, response, answer, requestId)
  }
}

async function answerTo(s3: S3, request: IncomingMessage, requestId: string): Promise<Answer> {
  const { method = 'GET', url = '/' } = request
  try {
    const hosts = [new URL(s3.context.url()).hostname, 'localhost']
    const address = parseAddress(url, request.headers.host ?? '', hosts)
    const headers = withQueryHeaders(request.headers, address)
    const allowed = crossOriginHeaders(s3, address.bucket ?? '', method, request.headers)
    refuseForeignWrites(request, method, allowed)
    const operation = matchRoute(method, address, 'x-amz-copy-source' in headers)
    authorize(s3, operation, method, address, headers)
    refuseUnsupportedHeaders(headers, s3.context.account)
    const act = operations.get(operation)
    if (!act) throw new S3Error('NotImplemented', `This server does not implement ${operation}.`)
    const { bucket = '', key = '', query } = address
    const answer = await act(s3, { bucket, key, query, headers, body: request, requestId, signedBy: s3.signedBy })
    await s3.context.durable()
    return { ...answer, headers: { ...allowed, ...answer.headers } }
  } catch (error) {
    if (!(error instanceof S3Error)) throw error
    return errorAnswer(error, url, requestId)
  }
}

/**
 * Refuses what a page of another origin sends, unless the bucket's CORS rules let it: a browser asks before most requests, but not
 * before a POST of plain text, which a presigned query may turn into the deletion of objects.
 */
function refuseForeignWrites(request: IncomingMessage, method: string, allowed: object): void {
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
  if (!reads && isFromAnotherOrigin(request) && Object.keys(allowed).length === 0)
    throw new S3Error('AccessForbidden', 'CORSResponse: This page of another origin may not write to this bucket.')
}

/**
 * A presigned URL may carry headers in its query: `x-amz-meta-...`, `x-amz-checksum-mode` and others; one of Signature Version 2 the
 * content type and MD5 that were signed, too.
 */
function withQueryHeaders(headers: IncomingHttpHeaders, address: Address): IncomingHttpHeaders {
  const carried = isPresignedV2(address) ? /^(?:x-amz-|content-type$|content-md5$)/i : /^x-amz-/i
  const moved = [...address.query]
    .filter(([name]) => carried.test(name))
    .map(([name, value]) => [name.toLowerCase(), headerValue(name, value)])
  return moved.length > 0 ? { ...Object.fromEntries(moved), ...headers } : headers
}

function errorAnswer(error: S3Error, url: string, requestId: string): Answer {
  const { code, message, status, details } = error
  if (status === 304) return { status }
  const Resource = url.replace(/\?.*$/s, '')
  const content = { Code: code, Message: message, ...details, Resource, RequestId: requestId, HostId: requestId }
  return { status, xml: { root: 'Error', content } }
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  requestId: string,
): Promise<void> {
  try {
    if (response.destroyed) return
    const { status = 200, xml, text, bytes, stream } = answer
    const body = xml ? formatXml(xml.root, xml.content, xml.root === 'Error' ? undefined : namespace) : (text ?? bytes)
    response.writeHead(status, {
      'x-amz-request-id': requestId,
      'x-amz-id-2': requestId,
      server: 'AmazonS3',
      ...(xml && { 'content-type': 'application/xml' }),
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
      ...(body === undefined && !stream && status === 200 && { 'content-length': 0 }),
      ...answer.headers,
    })
    if (stream) await sendStream(stream, response)
    else response.end(request.method === 'HEAD' ? undefined : body)
  } finally {
    answer.release?.()
  }
}

async function sendStream(stream: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
  try {
    await pipeline(Readable.from(stream, { highWaterMark: 1 }), response)
  } catch (error) {
    // A client that has read enough of an object just disconnects.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error
  }
}
