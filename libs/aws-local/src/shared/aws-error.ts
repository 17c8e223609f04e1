import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { formatXml, type XmlStructure } from './xml.ts'

export type ServiceName = 'swf' | 'sqs' | 's3'

/** An error that is returned before the request reaches its service, for each protocol. */
export interface AwsError {
  /** HTTP status of XML replies. JSON replies have 400, or 500 if this is 5xx. */
  readonly status: number
  /** The code in XML, and in SQS's header for clients from the time of the Query protocol. */
  readonly code: string
  /** The type in JSON. */
  readonly type: string
  readonly message: string
  /** Further elements in S3's XML. */
  readonly details?: XmlStructure
}

/** Sends an error as AWS does, in the protocol of the request. */
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
  // Discards the rest of the request: otherwise the client's socket would block on it.
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
