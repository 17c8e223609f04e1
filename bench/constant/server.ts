/**
 * Serves constants by the same Fastify application that the services use, to measure them against:
 * `GET /constant/<bytes>`, 304 where `if-none-match` is given; anything else is a constant 404.
 */
import { createApp, createLogger, serve } from '@continuum/service'

const app = await createApp({ name: 'constant', logger: createLogger({ service: 'constant', level: 'warn' }) })
const sizes = new Map<string, Buffer>()
const missing = Buffer.from('{"title":"not found"}')

app.get('/constant/:size', async (request, reply) => {
  const { size } = Object(request.params)
  if (request.headers['if-none-match'] !== undefined) return reply.code(304).header('etag', '"constant"').send()
  if (size === '404') return reply.code(404).header('content-type', 'application/json').send(missing)
  const bytes = sizes.get(size) ?? Buffer.alloc(Number(size), 'x')
  sizes.set(size, bytes)
  return reply.header('content-type', 'application/json').header('etag', '"constant"').send(bytes)
})
const { url } = await serve(app, { HOST: '127.0.0.1', PORT: 0 })
process.stdout.write(`${JSON.stringify({ event: 'ready', url })}\n`)
process.stdin.resume().on('end', () => process.exit(0))
