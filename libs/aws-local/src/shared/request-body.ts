import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'

// More than SWF (1 MB) and SQS (8 MiB as a form) accept; they refuse larger requests themselves.
const maxBodySize = 16 * 1024 ** 2

/** Bodies by request: one whose signature was verified has been read before its service reads it. */
const bodies = new WeakMap<IncomingMessage, Promise<Buffer>>()

/**
 * Reads the whole body of a request to SWF or SQS, again if asked again. Of a body that exceeds all limits, it keeps enough for the
 * service to notice.
 */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  const known = bodies.get(request)
  if (known !== undefined) return known
  const body = collect(request)
  bodies.set(request, body)
  return body
}

/** By its events: an async iterator takes four times as long for a small body. */
function collect(request: IncomingMessage): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    if (size <= maxBodySize) chunks.push(chunk)
    size += chunk.length
  })
  request.once('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)))
  request.once('error', reject)
  request.once('close', () => reject(new Error('The request was cut off before its end.')))
  return promise
}

/** The same request with this body, for a service that has not read it yet. */
export function withBody(request: IncomingMessage, body: Uint8Array): IncomingMessage {
  const copy = new IncomingMessage(new Socket())
  copy.method = request.method
  copy.url = request.url
  copy.headers = request.headers
  copy.complete = true
  bodies.set(copy, Promise.resolve(Buffer.from(body)))
  return copy
}
