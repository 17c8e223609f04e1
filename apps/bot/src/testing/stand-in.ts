import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface ReceivedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

export interface Answer {
  readonly status?: number
  readonly json?: unknown
  /** Sent as it stands, instead of `json`. */
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Ends the connection instead of answering. */
  readonly cut?: boolean
}

/** Starts a stand-in for a service: it answers as the test says, on a port of its own, until the test ends. */
export async function startStandIn(
  answer: (request: ReceivedRequest) => Answer,
): Promise<{ url: string; requests: ReceivedRequest[] }> {
  const requests: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    const reply = async () => {
      const body = await text(request)
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: body === '' ? undefined : JSON.parse(body) }
      requests.push(one)
      const { status = 200, json, text: plain, headers: extra, cut } = answer(one)
      if (cut) request.socket.destroy()
      else
        response
          .writeHead(status, { 'content-type': 'application/json', ...extra })
          .end(plain ?? JSON.stringify(json ?? {}))
    }
    reply().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, requests }
}

/** Answers as lax, the site and the deposits service do when all goes well. */
export function whenAllGoesWell({ method, url, body }: ReceivedRequest): Answer {
  if (url.endsWith('/version/')) return { status: 404, json: { title: 'not found' } }
  if (url.startsWith('/api/v2/'))
    return { json: { status: method === 'PUT' ? 'ingested' : 'published', datetime: '2012-12-13T00:00:00Z' } }
  if (url === '/api/publications') return { json: [] }
  if (url === '/api/article.json') return { json: { ...Object(body), path: 'content/1/e00007v1' } }
  return { json: { publish: true } }
}
