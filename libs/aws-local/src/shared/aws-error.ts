import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { formatXml, type XmlStructure } from './xml.ts'

export type ServiceName = 'swf' | 'sqs' | 's3'

/** A request that its service never sees: what each protocol says of it. */
export interface AwsError {
  /** HTTP status of XML replies. JSON ones have 400, or 500 where this is 5xx. */
  readonly status: number
  /** The code in XML, and in SQS's header for clients of the Query protocol's time. */
  readonly code: string
  /** The type in JSON. */
  readonly type: string
  readonly message: string
  /** What S3 says beside code and message. */
  readonly details?: XmlStructure
}

/** Answers a refusal as AWS does in the protocol that the request speaks. */
export function sendAwsError(
  service: ServiceName | 'admin',
  request: IncomingMessage,
  response: ServerResponse,
  refusal: AwsError,
): void {
  if (response.destroyed) return
  const id = randomUUID()
  const { status, headers, body } = replyTo(service, request, refusal, id)
  response.writeHead(status, { ...headers, 'x-amzn-requestid': id, 'content-length': Buffer.byteLength(body) })
  response.end(request.method === 'HEAD' ? undefined : body)
  // What the client still sends is not kept: without this its socket would stay stuck in it.
  request.resume()
}

function replyTo(service: ServiceName | 'admin', request: IncomingMessage, refusal: AwsError, id: string) {
  const { status, code, type, message, details } = refusal
  if (service === 'admin')
    return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error: message }) }
  const side = status < 500 ? 'Sender' : 'Receiver'
  if (service === 's3') {
    const Resource = (request.url ?? '/').replace(/\?.*$/s, '')
    const content = { Code: code, Message: message, ...details, Resource, RequestId: id, HostId: id }
    return { status, headers: { 'content-type': 'application/xml' }, body: formatXml('Error', content) }
  }
  if (request.headers['x-amz-target'] === undefined) {
    const content = { Error: { Type: side, Code: code, Message: message, Detail: '' }, RequestId: id }
    const body = formatXml('ErrorResponse', content, 'http://queue.amazonaws.com/doc/2012-11-05/')
    return { status, headers: { 'content-type': 'text/xml' }, body }
  }
  const headers = {
    'content-type': service === 'sqs' ? 'application/x-amz-json-1.0' : 'application/json',
    ...(service === 'sqs' && { 'x-amzn-query-error': `${code};${side}` }),
  }
  return { status: status < 500 ? 400 : 500, headers, body: JSON.stringify({ __type: type, message }) }
}
