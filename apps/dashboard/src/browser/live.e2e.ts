import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { event, readyRun } from '../derive/history/messages.fixture.ts'
import { startDesk } from './browser.fixture.ts'

/** A way to the dashboard on which nothing comes through while it is frozen, though no connection ends: a firewall that has forgotten. */
async function startFreezer(to: string) {
  const sockets = new Set<Socket>()
  let frozen = false
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(to).port), '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    }
    client.pipe(upstream).pipe(client)
    if (frozen) freeze([client, upstream])
  })
  const freeze = (all: Iterable<Socket>) => {
    for (const socket of all) {
      socket.cork()
      socket.pause()
    }
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    freeze: () => {
      frozen = true
      freeze(sockets)
    },
    cut: () => {
      frozen = false
      for (const socket of sockets) socket.destroy()
    },
  }
}

test('a page that hears nothing for ten seconds says that it is not live, and is live again by itself', async () => {
  await using desk = await startDesk()
  const way = await startFreezer(desk.url)
  const page = await desk.sit('edda', 'editor', way.url)
  await page.clock.install()
  await page.reload()
  const state = page.locator('#live-state')
  await expect.poll(() => state.innerText()).toBe('Live')
  // A sign of life comes from the server, without any change.
  await page.evaluate(`new Promise((resolve) => new EventSource('/changes').addEventListener('beat', () => resolve()))`)
  // The one before, on the page's own connection, may be four seconds old.
  await page.clock.fastForward(5_000)
  expect(await state.innerText()).toBe('Live')
  way.freeze()
  await page.clock.fastForward(11_000)
  expect(await state.innerText()).toBe('Not live')
  way.cut()
  await page.clock.fastForward(11_000)
  await expect.poll(() => state.innerText()).toBe('Live')
}, 60_000)

test('what has the focus keeps it when the part around it is replaced, also where it has no id', async () => {
  await using desk = await startDesk()
  await desk.receive(readyRun())
  const page = await desk.sit('edda', 'editor')
  await page.goto('/article/00353/1/a')
  await page.getByText('Live', { exact: true }).waitFor()
  const link = page.getByRole('link', { name: 'Executions of this run' })
  await link.focus()
  await desk.receive([event(20, 'Check Approval', 'start')])
  await page.locator('.timeline').getByText('Check Approval', { exact: true }).waitFor()
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('Executions of this run')
}, 60_000)
