import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Changes } from './changes.ts'

const heartbeatMilliseconds = 15_000

/** Registers `GET /changes`: a server-sent event for each change. A page that receives one reloads itself. */
export function streamRoute(app: FastifyInstance, changes: Changes): void {
  const open = new Set<PassThrough>()

  app.get('/changes', (_, reply) => {
    const stream = new PassThrough()
    open.add(stream)
    stream.write('retry: 2000\n\n')
    const unsubscribe = changes.subscribe((change) => stream.write(`data: ${JSON.stringify(change)}\n\n`))
    const heartbeat = setInterval(() => stream.write(': beat\n\n'), heartbeatMilliseconds).unref()
    stream.on('close', () => {
      open.delete(stream)
      clearInterval(heartbeat)
      unsubscribe()
    })
    return reply
      .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .send(stream)
  })

  app.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })
}
