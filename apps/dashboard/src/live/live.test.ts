import { serve } from '@continuum/service'
import { expect, onTestFinished, test, vi } from 'vitest'
import { machine, settings, startDashboard } from '../web/dashboard.fixture.ts'
import { listenForChanges } from './changes.ts'
import { event } from '../derive/history/messages.fixture.ts'

/** Server-sent events over a real socket, from notifications of the database. */

async function listen(url: string) {
  const answer = await fetch(`${url}/changes`, { headers: machine })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  return {
    type: answer.headers.get('content-type'),
    until: async (text: string) => {
      while (!heard.includes(text)) {
        const { value, done } = (await reader?.read()) ?? { done: true }
        if (done) throw new Error(`the stream ended before ${text}`)
        heard += value
      }
      return heard
    },
  }
}

test('each open page receives a change with its article', async () => {
  await using dashboard = await startDashboard()
  const { url, close } = await serve(dashboard.app, settings)
  const [one, other] = [await listen(url), await listen(url)]
  expect(one.type).toMatch('text/event-stream')
  await dashboard.receive([event(0, 'Post EIF', 'start')])
  for (const page of [one, other]) expect(await page.until('00353')).toContain('data: {"article":"00353"}\n\n')
  await close()
})

test('the first change is sent at once, and those that follow soon together, each article once', async () => {
  await using dashboard = await startDashboard()
  const { url, close } = await serve(dashboard.app, settings)
  const page = await listen(url)
  await page.until('retry')
  const changes = await listenForChanges(dashboard.sql)
  const heard: (string | null)[] = []
  changes.subscribe(({ article }) => void heard.push(article))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const change = (article: string) => dashboard.receive([event(0, 'Post EIF', 'start', { item_identifier: article })])
  await change('00001')
  await page.until('00001')
  const articles = ['00002', '00003', '00002', '00004', '00003']
  for (const article of articles) await change(article)
  await expect.poll(() => heard.length).toBe(6)
  vi.advanceTimersByTime(50)
  const told = [...(await page.until('00004')).matchAll(/"article":"(\d+)"/g)].map(([, article]) => article)
  expect(told).toEqual(['00001', '00002', '00003', '00004'])
  vi.useRealTimers()
  await changes.close()
  await close()
})

test('open pages do not delay a stop', async () => {
  await using dashboard = await startDashboard()
  const { url, close } = await serve(dashboard.app, settings)
  const page = await listen(url)
  await page.until('retry')
  const ended = page.until('never said').catch(() => 'ended')
  await close()
  expect(await ended).toBe('ended')
})
