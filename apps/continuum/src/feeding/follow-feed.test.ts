import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { dashboardFeed } from './follow-feed.ts'

/** Starts a dashboard whose first answers are bad: a status, or 0 for a connection that is dropped. */
async function startFeed(...bad: readonly number[]) {
  let asked = 0
  const server = createServer((request, reply) => {
    const status = bad[asked++]
    if (status === 0) return void request.socket.destroy()
    return reply.writeHead(status ?? 200, { 'content-type': 'application/json' }).end('{"items":[],"last":7}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${Object(server.address()).port}`
  const pauses: number[] = []
  const feed = dashboardFeed(url, 'a-token', async (milliseconds) => void pauses.push(milliseconds))
  return { feed, url, pauses }
}

test('a dashboard that drops a connection or restarts is asked again where its feed is', async () => {
  const { feed, pauses } = await startFeed(0, 503)
  expect(await feed.last()).toBe(7)
  expect(pauses).toEqual([500, 1000])
})

test('one that stays so is told, and so is at once one that takes no token', async () => {
  const busy = await startFeed(...Array.from({ length: 6 }, () => 503))
  await expect(busy.feed.last()).rejects.toThrow(`The dashboard's feed at ${busy.url} answers 503. Say`)
  const closed = await startFeed(401)
  await expect(closed.feed.last()).rejects.toThrow(`The dashboard's feed at ${closed.url} answers 401`)
  expect(closed.pauses).toEqual([])
})
