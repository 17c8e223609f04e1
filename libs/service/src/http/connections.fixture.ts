import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createLogger } from '../process/log.ts'
import { createApp } from './app.ts'
import { allowLongBody, type ConnectionLimits } from './connections.ts'
import { serve } from './serve.ts'

/** A server for tests that connect to it slowly. */
export async function startServer(connections?: ConnectionLimits, trustedProxies: string[] = []) {
  const logger = createLogger({ service: 'lax', level: 'silent' })
  const app = await createApp({ name: 'lax', logger, trustedProxies, ...(connections && { connections }) })
  app.post('/echo', (request, reply) => reply.send({ sent: request.body }))
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  app.post('/file', (request, reply) => {
    allowLongBody(request)
    request.raw.resume().once('end', () => void reply.send('taken'))
  })
  const served = await serve(app, { HOST: '127.0.0.1', PORT: 0 })
  onTestFinished(() => served.close())
  const port = Number(new URL(served.url).port)
  /** A connection from an address of this machine that sends a text and then nothing. */
  const slow = async (text: string, localAddress = '127.0.0.1'): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    socket.write(text)
    return socket
  }
  const read = async () => (await fetch(`${served.url}/ping`, { headers: { connection: 'close' } })).text()
  return { slow, read, url: served.url }
}
