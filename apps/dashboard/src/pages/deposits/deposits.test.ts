import { createServer } from 'node:http'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { event, property, readyRun } from '../../derive/history/messages.fixture.ts'
import { startDashboard } from '../../web/dashboard.fixture.ts'
import { deposit, openOnes, startDeposits } from './deposits.fixture.ts'

const words = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('the page tells what was not delivered, by recipient, with age, attempts and last words, and that nobody outside is reached', async () => {
  const { url, asked } = await startDeposits()
  await using dashboard = await startDashboard({ DEPOSITS_URL: url })
  const { body, statusCode } = await dashboard.get('/deposits')
  expect(statusCode).toBe(200)
  const page = words(body)
  expect(page).toContain('Not live: only stand-ins and test systems are reached')
  expect(page).toContain('Paused by Ada since 30 Nov 2026, 11:00:00 UTC : they move')
  expect(page).toContain('1 refused')
  expect(page).toMatch(/refused 30 Nov 2026, 12:01:00 UTC attempt 2 error in element &lt;title&gt;/)
  expect(asked.map(({ url: path }) => path)).toContain('/api/deposits?limit=1000&open=true')
})

test('what needs a person and what is late come before what waits for its hour, and each is a filter of the address', async () => {
  const { url } = await startDeposits(openOnes(3))
  await using dashboard = await startDashboard({ DEPOSITS_URL: url })
  const articles = (body: string) =>
    [...body.matchAll(/<li class="row[^"]*" id="deposit-[^]*?class="number"[^>]*>(\d+)</g)].map(([, id]) => id)
  const all = (await dashboard.get('/deposits')).body
  expect(words(all)).toMatch(/1 refused or failed 1 late 3 waiting for their hour or an answer/)
  expect(articles(all)).toEqual(['00353', '00666', '00777', '00777', '00777'])
  for (const [attention, ids, chip] of [
    ['failed', ['00353'], 'refused or failed'],
    ['late', ['00666'], 'late'],
    ['waiting', ['00777', '00777', '00777'], 'waiting for their hour or an answer'],
  ] as const) {
    const { body } = await dashboard.get(`/deposits?attention=${attention}`)
    expect(articles(body)).toEqual(ids)
    expect(words(body)).toContain(`Remove the filter ${chip}`)
  }
})

test('what a deposit waits for is told with times that a person reads', async () => {
  const waiting = {
    ...deposit,
    state: 'waiting',
    waitsFor: 'Waits for its hour: 2026-11-30T22:15:00Z',
    needsPerson: false,
  } as const
  const { url } = await startDeposits([waiting])
  await using dashboard = await startDashboard({ DEPOSITS_URL: url })
  const { body } = await dashboard.get('/deposits')
  expect(words(body)).toContain('Waits for its hour: 30 Nov 2026, 22:15:00 UTC')
  expect(body).toContain('<time datetime="2026-11-30T22:15:00.000Z"')
})

test('of more open deposits than are read, the oldest are judged', async () => {
  const { url } = await startDeposits(openOnes(1_500))
  await using dashboard = await startDashboard({ DEPOSITS_URL: url })
  const { body } = await dashboard.get('/deposits?attention=late')
  expect(words(body)).toMatch(/1 refused or failed 1\+ late 1,500 waiting for their hour or an answer/)
  expect(words(body)).toContain('version 1')
})

test('selected deposits are sent again by whoever is signed in; to mark them as done needs a reason', async () => {
  const { url, asked } = await startDeposits()
  await using dashboard = await startDashboard({ DEPOSITS_URL: url })
  const ada = await dashboard.signIn('Ada')
  const without = await ada.submit('/deposits/act', [
    ['article', deposit.id],
    ['act', 'done'],
  ])
  expect(without.statusCode).toBe(400)
  const done = await ada.submit('/deposits/act', [
    ['article', deposit.id],
    ['act', 'again'],
  ])
  expect(done.headers.location).toBe(`/deposits/${deposit.id}`)
  await ada.submit('/deposits/pause', [
    ['recipient', 'crossref'],
    ['why', 'they move'],
  ])
  await ada.submit('/deposits/resume', [['recipient', 'crossref']])
  expect(asked.filter(({ method }) => method !== 'GET').map(({ body }) => body)).toEqual([
    { ids: [deposit.id], act: 'again', by: 'Ada' },
    { by: 'Ada', why: 'they move' },
    { by: 'Ada' },
  ])
})

test("a deposit's page has its timestamp and its document, which is shown as text and never as a page", async () => {
  const { url } = await startDeposits()
  await using dashboard = await startDashboard({ DEPOSITS_URL: url })
  expect(words((await dashboard.get(`/deposits/${deposit.id}`)).body)).toContain('Timestamp 20261130120000000')
  const document = await dashboard.get(`/deposits/${deposit.id}/document`)
  expect([document.headers['content-type'], document.body]).toEqual(['text/plain; charset=utf-8', '<doi_batch/>'])
})

test("an article's page tells what went where, and who did not get it by which rule", async () => {
  const { url } = await startDeposits()
  await using dashboard = await startDashboard({ DEPOSITS_URL: url })
  await dashboard.receive([
    ...readyRun(),
    property(12, 'publication-status', 'published'),
    event(13, 'Plan Deposits', 'end'),
  ])
  const page = words((await dashboard.get('/article/00353/1/a')).body)
  expect(page).toMatch(/Deposits 1 .*crossref .*gets the first VoR/)
  expect(page).toContain('pmc: gets no PoA')
})

test('where the service is down, its page says so, and the pages of articles are there all the same', async () => {
  await using dashboard = await startDashboard()
  const down = await dashboard.get('/deposits')
  expect([down.statusCode, words(down.body)]).toEqual([503, expect.stringContaining('does not answer')])
  await dashboard.receive([...readyRun(), property(12, 'publication-status', 'published')])
  const page = await dashboard.get('/article/00353/1/a')
  expect([page.statusCode, words(page.body)]).toEqual([200, expect.stringContaining('Deposits: the deposits service')])
})

test('the page of a published article is there within a second though the deposits service and lax hang', async () => {
  const hanging = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(hanging, 'listening')
  onTestFinished(() => {
    hanging.closeAllConnections()
    hanging.close()
  })
  const address = hanging.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  await using dashboard = await startDashboard({ DEPOSITS_URL: url, LAX_URL: url })
  await dashboard.receive([...readyRun(), property(12, 'publication-status', 'published')])
  await dashboard.get('/article/00353/1/a')
  const began = performance.now()
  const page = await dashboard.get('/article/00353/1/a')
  expect(performance.now() - began).toBeLessThan(1_000)
  expect(page.statusCode).toBe(200)
  expect(words(page.body)).toContain('Deposits: the deposits service')
})
