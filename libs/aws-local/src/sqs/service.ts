import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpService } from '../shared/context.ts'
import { regionOf } from '../shared/region.ts'
import { readBody } from '../shared/request-body.ts'
import type { Reply } from './model/input.ts'
import { SqsError } from './model/errors.ts'
import { jsonError, jsonReply, readJsonCall, type Call, type HttpReply } from './wire/json-protocol.ts'
import { operations } from './operations.ts'
import { readQueryCall } from './wire/query-call.ts'
import { queryError, queryReply } from './wire/query-reply.ts'
import type { Sqs } from './operation/sqs.ts'

// A batch of 1 MiB, each byte escaped as `%XX` in a form, and its attributes.
const maxBodySize = 8 * 1_048_576

/** SQS over HTTP: `X-Amz-Target: AmazonSQS.*` is the JSON protocol, a form in the body or the query the Query protocol. */
export function createService(sqsIn: (region: string) => Sqs, region: string): HttpService {
  return async (request, response) => {
    const requestId = randomUUID()
    const gone = new AbortController()
    response.once('close', () => {
      if (!response.writableEnded) gone.abort()
    })
    const reply = await answer(sqsIn(regionOf(request, region)), request, requestId, gone.signal)
    send(response, requestId, reply)
  }
}

async function answer(sqs: Sqs, request: IncomingMessage, requestId: string, gone: AbortSignal): Promise<HttpReply> {
  const target = request.headers['x-amz-target']
  const json = typeof target === 'string'
  try {
    requireAuthorization(request)
    const body = await readText(request)
    const call = json ? readJsonCall(target, body) : readForm(request, body)
    const reply = await run(sqs, call, gone)
    await sqs.context.durable()
    return json ? jsonReply(reply) : queryReply(call.operation, reply, requestId)
  } catch (error) {
    if (!(error instanceof SqsError)) throw error
    return json ? jsonError(error) : queryError(error, requestId)
  }
}

/** The form of the Query protocol: the body, or in a GET the query. */
function readForm({ method, url = '/' }: IncomingMessage, body: string): Call {
  const { pathname, search } = new URL(url, 'http://sqs')
  return readQueryCall(method === 'GET' ? search.slice(1) : body, pathname)
}

function run(sqs: Sqs, { operation, input }: Call, gone: AbortSignal): Reply | Promise<Reply> {
  const act = operations.get(operation)
  if (!act) throw new SqsError('UnsupportedOperation', `The operation ${operation} is not supported by this server.`)
  return act(sqs, input, gone)
}

// Any credentials are accepted, but a page in a browser, which can post forms to this machine, cannot set this header.
function requireAuthorization(request: IncomingMessage): void {
  if (request.headers.authorization === undefined)
    throw new SqsError('MissingAuthenticationToken', 'Request is missing Authentication Token')
}

async function readText(request: IncomingMessage): Promise<string> {
  const body = await readBody(request)
  if (body.length > maxBodySize)
    throw new SqsError('InvalidParameterValueException', `The request is larger than ${maxBodySize} bytes.`)
  return body.toString()
}

function send(response: ServerResponse, requestId: string, reply: HttpReply): void {
  if (response.destroyed) return
  response.writeHead(reply.status, {
    ...reply.headers,
    'x-amzn-RequestId': requestId,
    'content-length': Buffer.byteLength(reply.body),
  })
  response.end(reply.body)
}
