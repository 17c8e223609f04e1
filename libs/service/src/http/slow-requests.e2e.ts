import { once } from 'node:events'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { startServer } from './connections.fixture.ts'
import { timeouts } from './connections.ts'

/** 18.10: requests that never come to an end; half a minute of waiting for the time-outs of Node. */

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
