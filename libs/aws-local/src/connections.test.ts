import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { connectionLimits, limitConnections, type ConnectionLimits } from './connections.ts'
import { startAwsLocal } from './index.ts'

/** 18.10: slow clients, and many of them. */

const halfAHead = 'GET / HTTP/1.1\r\nHost: localhost\r\n'
const halfABody = 'PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\ncontent-length: 1000\r\n\r\nhalf'
const held = 'GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n'

async function open(port: number, text: string, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.write(text)
  return socket.resume()
}

/** A server with small limits: `/held` is answered on request, everything else at once. */
async function startServer(limits: ConnectionLimits) {
  const polls: ServerResponse[] = []
  const server = createServer((request, response) => {
    if (request.url === '/held') polls.push(response)
    else request.resume().once('end', () => response.end('answered'))
  })
  limitConnections(server, limits)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = Object(server.address())
  const ask = async () => (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text()
  return { port: Number(port), polls, ask }
}

const closedOf = (sockets: readonly Socket[]) => sockets.filter(({ closed }) => closed).length

test('18.10: more slow connections than there may be keep nobody out: the longest waiting make room', async () => {
  const aws = await startAwsLocal()
  onTestFinished(() => aws.close())
  const port = Number(new URL(aws.url).port)
  const more = 50
  const crowd = await Promise.all(
    Array.from({ length: connectionLimits.perAddress + more }, (_, at) => open(port, at % 2 ? halfABody : halfAHead)),
  )
  const sqs = new SQSClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })
  onTestFinished(() => sqs.destroy())
  await sqs.send(new ListQueuesCommand({}))
  expect(closedOf(crowd)).toBeGreaterThanOrEqual(more)
}, 20_000)

test('18.10: who holds all of its connections with polls gets no more, and keeps what it has', async () => {
  const { port, polls, ask } = await startServer({ perAddress: 5, total: 100 })
  const crowd = await Promise.all(Array.from({ length: 5 }, () => open(port, held)))
  await expect.poll(() => polls.length).toBe(5)
  await expect(ask()).rejects.toThrow()
  expect(closedOf(crowd)).toBe(0)
  // One that is answered waits for its next request, and makes room.
  polls[0]?.end('task')
  await expect.poll(ask).toBe('answered')
})

// Other systems have one loopback address.
test.skipIf(process.platform !== 'linux')('18.10: one address uses up no connection of another', async () => {
  const { port, polls, ask } = await startServer({ perAddress: 3, total: 6 })
  await Promise.all(Array.from({ length: 3 }, () => open(port, held, '127.0.0.2')))
  await expect.poll(() => polls.length).toBe(3)
  const refused = await open(port, held, '127.0.0.2')
  await once(refused, 'close')
  for (let times = 0; times < 10; times++) expect(await ask()).toBe('answered')
})
