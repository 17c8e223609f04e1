import { expect, test } from 'vitest'
import { event, property, readyRun } from '../../derive/history/messages.fixture.ts'
import { startDashboard } from '../../web/dashboard.fixture.ts'

const textOf = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const published = [...readyRun(), property(12, 'publication-status', 'published', { run: 'a' })]
const path = '/article/00353/1/a'
const order: [string, string][] = [
  ['article', '00353'],
  ['why', 'The authors found an error.'],
]

test('an article is withdrawn with a reason, after ten seconds, and given back', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(published)
  const ada = await dashboard.signIn('ada', 'publisher')
  expect((await ada.get(path)).body).toContain('Withdraw from readers')
  const { headers } = await ada.submit('/article/withdraw', order)
  const outcome = String(headers['location'])
  expect(textOf((await ada.get(outcome)).body)).toMatch(/The article is withdrawn in \d+ seconds.*Take back/)
  expect(dashboard.sent).toEqual([])
  await dashboard.afterHold()
  expect(dashboard.sent).toMatchObject([
    {
      workflow_name: 'WithdrawArticle',
      workflow_data: { article_id: '00353', version: 1, run: 'a', who: 'ada', why: 'The authors found an error.' },
    },
  ])
  const now = Date.now() + 1000
  await dashboard.receive([
    { ...event(60, 'Withdraw Article', 'start'), sent: now },
    { ...property(61, 'withdrawn', 'The authors found an error.', { version: 0, run: 'a' }), sent: now + 1 },
    { ...event(62, 'Withdraw Article', 'end'), sent: now + 2 },
  ])
  expect(textOf((await ada.get(outcome)).body)).toContain('Withdraw the article done')
  const page = (await ada.get(path)).body
  expect(textOf(page)).toContain('Withdrawn: readers get none of it. The authors found an error.')
  expect(page).not.toContain('Withdraw from readers')
  const archive = async () => textOf((await ada.get('/archive')).body)
  expect(await archive()).toContain('00353 version 1 withdrawn from readers')
  await ada.submit('/article/reinstate', [['article', '00353']])
  await dashboard.afterHold()
  expect(dashboard.sent[1]).toMatchObject({ workflow_name: 'ReinstateArticle', workflow_data: { who: 'ada' } })
  await dashboard.receive([{ ...property(70, 'withdrawn', '', { version: 0, run: 'a' }), sent: now + 60_000 }])
  expect(await archive()).not.toContain('withdrawn from readers')
  const log = await dashboard.sql`select action, why from activity_log where article = '00353' order by at`
  expect(log.map(({ action, why }) => [action, why])).toEqual([
    ['withdraw', 'The authors found an error.'],
    ['reinstate', ''],
  ])
})

test('a withdrawal needs a reason, can be taken back, and is refused where nothing is public', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...published, ...readyRun(0, { article: '04970' })])
  const ada = await dashboard.signIn('ada', 'publisher')
  expect(
    (
      await ada.submit('/article/withdraw', [
        ['article', '00353'],
        ['why', ' '],
      ])
    ).statusCode,
  ).toBe(400)
  const { headers } = await ada.submit('/article/withdraw', order)
  await ada.submit(`${String(headers['location'])}/take-back`, [])
  await dashboard.afterHold()
  expect(dashboard.sent).toEqual([])
  expect(textOf((await ada.get(String(headers['location']))).body)).toContain('taken back')
  const other = await ada.submit('/article/withdraw', [
    ['article', '04970'],
    ['why', 'an error'],
  ])
  expect(textOf((await ada.get(String(other.headers['location']))).body)).toContain(
    'Nothing of this article is public.',
  )
  const editor = await dashboard.signIn('editor', 'editor')
  expect((await editor.get(path)).body).not.toContain('Withdraw from readers')
})

test('the command line withdraws at once, and learns what became of it', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(published)
  const state = async () => (await dashboard.get('/api/withdrawal/00353')).json()
  const ask = async (body: object) => (await dashboard.post('/api/withdrawal', { id: '00353', ...body })).json()
  expect(await ask({ order: 'reinstate' })).toMatchObject({
    result: 'error',
    message: 'This article is not withdrawn.',
  })
  expect(await ask({ order: 'withdraw', why: 'an error', who: 'The editor' })).toMatchObject({ result: 'queued' })
  expect(dashboard.sent).toMatchObject([
    { workflow_name: 'WithdrawArticle', workflow_data: { who: 'The editor', why: 'an error' } },
  ])
  expect(await state()).toMatchObject({ withdrawn: null, pending: true, problem: '' })
  const now = Date.now() + 1000
  await dashboard.receive([
    { ...event(61, 'Withdraw Article', 'end', { message: 'Withdrawn: 1 version.' }), sent: now },
    { ...property(61, 'withdrawn', 'an error', { version: 0, run: 'a' }), sent: now },
  ])
  expect(await state()).toMatchObject({ withdrawn: 'an error', pending: false, done: 'Withdrawn: 1 version.' })
  expect(await ask({ order: 'withdraw', why: '' })).toHaveProperty('detail')
})
