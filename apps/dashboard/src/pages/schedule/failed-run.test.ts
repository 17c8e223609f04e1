import { expect, test } from 'vitest'
import { event, readyRun } from '../../derive/history/messages.fixture.ts'
import { startDashboard } from '../../web/dashboard.fixture.ts'

/** A run that has failed is not scheduled, at whichever door somebody asks for it. */

const textOf = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const failedRun = (id: string) => [
  event(0, 'Expand Article', 'start', { item_identifier: id }),
  event(1, 'Check Package', 'error', { item_identifier: id, message: 'No PDF.' }),
]
const failedPublication = [...readyRun(), event(11, 'Post EIF', 'error', { message: 'The site is down.' })]
const due: [string, string][] = [
  ['due', '2031-07-01T12:00'],
  ['zone', 'UTC'],
]
const refusal = 'Run 1 of version 1 ended with an error at Check Package'

test('the page of a failed run offers no schedule; that of a run which is ready, or will be, does', async () => {
  await using dashboard = await startDashboard()
  const working = event(0, 'Expand Article', 'start', { item_identifier: '30001' })
  await dashboard.receive([...failedRun('20001'), ...readyRun(), working])
  const graham = await dashboard.signIn('graham', 'publisher')
  expect((await graham.get('/article/20001/1/a')).body).not.toContain('Schedule publication')
  expect((await graham.get('/article/00353/1/a')).body).toContain('Schedule publication')
  expect((await graham.get('/article/30001/1/a')).body).toContain('Schedule publication')
  await graham.submit('/set-aside', [
    ['article', '00353/1/a'],
    ['why', 'Twice'],
  ])
  expect((await graham.get('/article/00353/1/a')).body).not.toContain('Schedule publication')
})

test('a request to schedule a failed run is refused with its reason, and keeps what was typed', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...failedRun('20001'), ...readyRun()])
  const graham = await dashboard.signIn('graham', 'publisher')
  for (const form of [[], [['ready', '20001/1/a'] satisfies [string, string]]]) {
    const { statusCode, body } = await graham.submit('/schedule', [['article', '20001'], ...form, ...due])
    expect([statusCode, textOf(body)]).toEqual([409, expect.stringContaining(refusal)])
    expect(body).toContain('value="2031-07-01T12:00"')
  }
  const several = await graham.submit('/schedule', [['article', '20001'], ['article', '00353'], ...due])
  expect([several.statusCode, textOf(several.body)]).toEqual([409, expect.stringContaining('1 article was scheduled')])
  expect(await dashboard.sql`select article from schedule`).toEqual([{ article: '00353' }])
  const api = await dashboard.post('/api/schedule_article_publication', {
    article: { 'article-identifier': '20001', scheduled: 1_930_000_000 },
  })
  expect([api.statusCode, api.json()]).toEqual([
    409,
    { message: 'Not scheduled', detail: expect.stringContaining(refusal) },
  ])
  expect(await dashboard.sql`select article from schedule`).toHaveLength(1)
})

test('a publication that failed can be repeated now, but not at a time', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(failedPublication)
  const graham = await dashboard.signIn('graham', 'publisher')
  const review = (await graham.get('/publish?article=00353/1/a&force=true')).body
  expect(review).toContain('Publish 1 article?')
  expect(review).not.toContain('At a time')
  const { statusCode, body } = await graham.submit('/publish', [
    ['article', '00353/1/a'],
    ['force', 'true'],
    ['when', 'later'],
    ['due', '2031-07-01T12:00'],
    ['why', 'With the issue'],
  ])
  expect([statusCode, textOf(body)]).toEqual([409, expect.stringContaining('ended with an error at Post EIF')])
  expect(body).toContain('value="With the issue"')
  expect(await dashboard.sql`select from schedule`).toHaveLength(0)
})

test('an article that was scheduled before its run failed is moved or cancelled, and a run beside a failed one is scheduled', async () => {
  await using dashboard = await startDashboard()
  const graham = await dashboard.signIn('graham', 'publisher')
  expect((await graham.submit('/schedule', [['article', '20001'], ...due])).statusCode).toBe(303)
  await dashboard.receive(failedRun('20001'))
  const page = textOf((await graham.get('/article/20001/1/a')).body)
  expect(page).toMatch(/is scheduled for .*Cancel schedule .*Reschedule/)
  const moved = await graham.submit('/schedule', [
    ['article', '20001'],
    ['due', '2031-08-01T12:00'],
    ['zone', 'UTC'],
  ])
  expect(moved.statusCode).toBe(303)
  await dashboard.receive([...readyRun(), event(20, 'Check Package', 'error', { run: 'b', message: 'No PDF.' })])
  expect((await graham.submit('/schedule', [['article', '00353'], ...due])).statusCode).toBe(303)
  expect(await dashboard.sql`select article, run from schedule order by article`).toEqual([
    { article: '00353', run: 'a' },
    { article: '20001', run: null },
  ])
})

test('the list offers to schedule only where a row may be', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...failedRun('20001'), ...readyRun()])
  const graham = await dashboard.signIn('graham', 'publisher')
  expect((await graham.get('/current')).body).toContain('id="bulk-schedule"')
  expect((await graham.get('/current?section=error')).body).not.toContain('id="bulk-schedule"')
})
