import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'

// More than SWF (1 MB) and SQS (8 MiB as a form) accept; they refuse larger requests themselves.
const maxBodySize = 16 * 1024 ** 2

/** Reads the whole body of a request to SWF or SQS. Of a body that exceeds all limits, it keeps enough for the service to notice. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    if (size <= maxBodySize) chunks.push(chunk)
    size += chunk.length
  }
  return Buffer.concat(chunks)
}

/** The same request with this body, for a service that has not read it yet. */
export function withBody(request: IncomingMessage, body: Uint8Array): IncomingMessage {
  const copy = new IncomingMessage(new Socket())
  copy.method = request.method
  copy.url = request.url
  copy.headers = request.headers
  copy.push(body)
  copy.push(null)
  copy.complete = true
  return copy
}
