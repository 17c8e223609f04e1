import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createLogger } from '../process/log.ts'
import { createApp } from './app.ts'
import { allowLongBody, timeouts, type ConnectionLimits } from './connections.ts'
import { serve } from './serve.ts'

/** 18.10: slow clients, and many of them. */

async function startServer(connections?: ConnectionLimits, trustedProxies: string[] = []) {
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

const halfAHead = 'GET /ping HTTP/1.1\r\nHost: x\r\n'
const halfABody =
  'POST /echo HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"a":'

const halfAFile =
  'POST /file HTTP/1.1\r\nHost: x\r\nconnection: close\r\ncontent-type: application/octet-stream\r\ncontent-length: 4\r\n\r\nab'

async function cutAfter(socket: Socket): Promise<number> {
  const began = performance.now()
  socket.resume()
  await once(socket, 'close')
  return performance.now() - began
}

test('18.10: half a head is cut after the time-out of headers, half a body after that of the request; a file may take longer', async () => {
  const { slow } = await startServer()
  const [head, silent, body, file] = await Promise.all([halfAHead, '', halfABody, halfAFile].map((text) => slow(text)))
  let answer = ''
  file?.on('data', (part) => (answer += String(part)))
  const [afterHead, afterSilence, afterBody] = await Promise.all(
    [head, silent, body].flatMap((each) => each ?? []).map(cutAfter),
  )
  const latest = (limit: number) => limit + 2 * timeouts.check + 1_000
  expect(afterHead).toBeLessThan(latest(timeouts.headers))
  expect(afterSilence).toBeLessThan(latest(timeouts.headers))
  expect(afterBody).toBeLessThan(latest(timeouts.request))
  file?.write('cd')
  await expect.poll(() => answer).toContain('taken')
}, 60_000)

// Other systems have one loopback address.
const addresses = process.platform === 'linux'

test.skipIf(!addresses)('18.10: an address that has its share of connections gets no more, others do', async () => {
  const { slow, read } = await startServer({ perAddress: 10, total: 100 })
  const crowd = await Promise.all(Array.from({ length: 12 }, () => slow(halfAHead, '127.0.0.2')))
  await expect.poll(() => crowd.filter(({ closed }) => closed).length).toBe(2)
  expect(await read()).toBe('pong')
})

test('18.10: a trusted proxy connects for many', async () => {
  const { slow } = await startServer({ perAddress: 2, total: 100 }, ['127.0.0.0/8'])
  const crowd = await Promise.all(Array.from({ length: 12 }, () => slow(halfAHead)))
  await new Promise((resolve) => setImmediate(resolve))
  expect(crowd.filter(({ closed }) => closed)).toEqual([])
})

test.skipIf(!addresses)(
  '18.10: when all connections are in use by slow clients of many addresses, the longest waiting makes room for a reader',
  async () => {
    const { slow, read } = await startServer({ perAddress: 10, total: 50 })
    const crowd = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        slow(at % 2 ? halfABody : halfAHead, `127.0.1.${1 + Math.floor(at / 10)}`),
      ),
    )
    await expect.poll(() => crowd.filter(({ closed }) => closed).length).toBe(50)
    for (let reader = 0; reader < 20; reader++) expect(await read()).toBe('pong')
  },
)
