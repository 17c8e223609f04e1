import { once } from 'node:events'
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'

/** A GitHub with comments on one pull request. */
export async function gitHub(bodies: readonly string[] = []) {
  const comments = bodies.map((body, index) => ({ id: index + 1, body }))
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://github')
    asked.push(`${request.method} ${url.pathname}`)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()).body : ''
    if (request.headers.authorization !== 'Bearer token') {
      response.writeHead(403).end('no')
      return
    }
    if (request.method === 'POST') comments.push({ id: comments.length + 1, body })
    const former = comments.find(({ id }) => url.pathname.endsWith(`/comments/${id}`))
    if (request.method === 'PATCH' && former) former.body = body
    const from = (Number(url.searchParams.get('page') ?? 1) - 1) * 100
    response.end(JSON.stringify(request.method === 'GET' ? comments.slice(from, from + 100) : {}))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const api = `http://127.0.0.1:${Object(server.address()).port}`
  return { comments, asked, pullRequest: { api, token: 'token', repository: 'press/continuum', number: 12 } }
}
