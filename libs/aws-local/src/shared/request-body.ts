import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'

// Above what SWF (1 MB) and SQS (8 MiB as a form) take, who refuse what is too large for them.
const maxBodySize = 16 * 1024 ** 2

/** Reads the whole body of a request to SWF or SQS; of one that is larger than any that they take, enough for them to see that. */
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

/** The same request with this body, for a service that has yet to read it. */
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
