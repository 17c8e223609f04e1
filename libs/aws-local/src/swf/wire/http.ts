import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../../shared/request-body.ts'
import { internalFailure, serialization, SwfError } from './errors.ts'

/** The members of a reply; `events` are JSON already. */
export type Reply = { readonly [member: string]: unknown; readonly events?: readonly string[] }

/** Maximum size of a request, 1 MB, which also limits a batch of decisions. */
const maxBodySize = 1024 * 1024

/** The name of the operation: what follows the last dot of the target header, with the old prefix or the new one. */
export function operationName(request: IncomingMessage): string {
  const target = String(request.headers['x-amz-target'] ?? '')
  return target.slice(target.lastIndexOf('.') + 1)
}

/**
 * Reads a JSON body.
 * @throws {SwfError} SerializationException for invalid JSON, or a body that is too large
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request)
  if (body.length > maxBodySize) throw serialization('Request body is too large: at most 1 MB')
  try {
    return JSON.parse(body.toString() || '{}')
  } catch {
    throw serialization('Could not parse request body into json')
  }
}

export function answer(response: ServerResponse, reply: Reply | undefined): void {
  send(response, 200, reply === undefined ? '' : encode(reply))
}

/** Sends an error. Any error other than SwfError is logged and sent as an internal failure. */
export function answerError(response: ServerResponse, error: unknown): void {
  if (!(error instanceof SwfError)) console.error(error)
  const { status, type, message } = error instanceof SwfError ? error : internalFailure()
  send(response, status, JSON.stringify({ __type: type, message }))
}

function encode({ events, ...members }: Reply): string {
  const rest = JSON.stringify(members)
  if (events === undefined) return rest
  return `{"events":[${events.join(',')}]${rest === '{}' ? '}' : `,${rest.slice(1)}`}`
}

function send(response: ServerResponse, status: number, body: string): void {
  if (response.destroyed) return
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-amzn-requestid': randomUUID(),
    })
    .end(body)
}
