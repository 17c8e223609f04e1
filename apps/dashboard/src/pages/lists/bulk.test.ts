import { expect, test } from 'vitest'
import { event, minute, readyRun } from '../../derive/history/messages.fixture.ts'
import { startDashboard } from '../../web/dashboard.fixture.ts'

/** Bulk actions: what they change, tell and undo. */

const textOf = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const runs = (...ids: string[]) => ids.map((id): [string, string] => ['article', `${id}/1/a`])
const delivery = (id: string) => ({
  bucket_name: 'b',
  file_name: `elife-${id}-vor-r1.zip`,
  file_etag: 'abc',
  file_size: 7,
  event_time: minute(0),
})
const failedRun = (id: string) => [
  event(0, 'Delivery', 'start', { item_identifier: id, version: 0, delivery: delivery(id) }),
  event(1, 'Ingest To Lax', 'error', { item_identifier: id, message: 'lax is unavailable' }),
]

test('dismissing asks why, tells a result for each article, and is undone at once', async () => {
  await using dashboard = await startDashboard()
  const working = event(0, 'Expand Article', 'start', { item_identifier: '30001' })
  await dashboard.receive([...failedRun('20001'), ...failedRun('20002'), working])
  const ada = await dashboard.signIn('ada', 'editor')
  const list = '/current?step=Ingest+To+Lax'
  const asked = await ada.submit('/bulk/dismiss', [...runs('20001', '20002', '30001'), ['back', list]])
  expect(asked.statusCode).toBe(200)
  expect(textOf(asked.body)).toContain('Dismiss 2 articles?')
  expect(textOf(asked.body)).toContain('Not possible. This run is still in progress.')

  const confirmed: [string, string][] = [
    ['back', list],
    ['confirmed', 'true'],
  ]
  const unsaid = await ada.submit('/bulk/dismiss', [...runs('20001'), ...confirmed, ['why', ' ']])
  expect([unsaid.statusCode, textOf(unsaid.body)]).toEqual([400, expect.stringContaining('Say why')])

  const done = await ada.submit('/bulk/dismiss', [...runs('20001', '20002', '30001'), ...confirmed, ['why', 'Twice']])
  const location = String(done.headers['location'])
  expect(location).toMatch(/^\/current\?step=Ingest\+To\+Lax&batch=[0-9a-f-]{36}$/)
  const notice = await ada.get(location)
  expect(textOf(notice.body)).toMatch(
    /2 articles dismissed\. 1 article refused\. .*30001 : This run is still in progress\./,
  )
  const batch = location.slice(-36)
  const results = textOf((await ada.get(`/results/${batch}`)).body)
  expect(results).toMatch(/By ada: Twice.*20001 version 1 done .*20002 version 1 done .*30001 version 1 refused: /)

  const undone = await ada.submit(`/results/${batch}/undo`, [['back', list]])
  expect(textOf((await ada.get(String(undone.headers['location']))).body)).toContain('2 articles restored.')
  expect(textOf((await ada.get('/current')).body)).toContain('Errors 2')
  const again = await ada.submit(`/results/${batch}/undo`, [['back', list]])
  expect(again.headers['location']).toBe(list)
  const log = await dashboard.sql`select kind, why from request order by id`
  expect(log.map(({ kind, why }) => `${kind}: ${why}`)).toEqual([
    'set aside: Twice',
    'set aside: Twice',
    'take back: undone',
    'take back: undone',
  ])
})

test('of two people who dismiss the same article, the second is told who was first', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(failedRun('20001'))
  const ada = await dashboard.signIn('ada', 'editor')
  const grace = await dashboard.signIn('grace', 'editor')
  const form: [string, string][] = [...runs('20001'), ['confirmed', 'true'], ['why', 'Twice']]
  await ada.submit('/bulk/dismiss', form)
  const second = await grace.submit('/bulk/dismiss', form)
  const text = textOf((await grace.get(String(second.headers['location']))).body)
  expect(text).toContain('No article was dismissed. 1 article refused.')
  expect(text).toContain('ada has dismissed it already.')
})

test('all that a filter matches are assigned, and undoing brings back who had them', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...failedRun('20001'), ...failedRun('20002'), ...readyRun()])
  const ada = await dashboard.signIn('ada', 'editor')
  await dashboard.signIn('grace', 'editor')
  const assign = (assignee: string, ...more: [string, string][]) =>
    ada.submit('/bulk/assign', [...more, ['confirmed', 'true'], ['assignee', assignee], ['back', '/current']])
  await assign('grace', ...runs('20001'))
  const asked = await ada.submit('/bulk/assign', [['all', '/current?section=error']])
  expect(textOf(asked.body)).toContain('Assign 2 articles?')
  const done = await assign('ada', ['all', '/current?section=error'])
  const holders = async () =>
    (await dashboard.sql`select article || ' ' || account as text from assignment order by 1`).map(({ text }) =>
      String(text),
    )
  expect(await holders()).toEqual(['20001 ada', '20002 ada'])
  expect(textOf((await ada.get('/current?assignee=ada')).body)).toContain('assigned to ada')
  const location = String(done.headers['location'])
  await ada.submit(`/results/${location.slice(-36)}/undo`, [['back', '/current']])
  expect(await holders()).toEqual(['20001 grace'])
  const nobody = await assign('nobody-here', ...runs('20001'))
  expect(textOf((await ada.get(String(nobody.headers['location']))).body)).toContain('nobody-here cannot sign in.')
})

test('a rerun of several tells what became of each', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...failedRun('20001'), ...failedRun('20002'), ...readyRun()])
  const ada = await dashboard.signIn('ada', 'editor')
  const done = await ada.submit('/bulk/rerun', [
    ...runs('20001', '20002', '00353'),
    ['confirmed', 'true'],
    ['why', 'lax is back'],
  ])
  const batch = String(done.headers['location']).slice(-36)
  const results = async () => textOf((await ada.get(`/results/${batch}`)).body)
  expect(await results()).toMatch(/20001 version 1 requested .*20002 version 1 requested .*00353 version 1 refused: /)
  expect(dashboard.sent).toHaveLength(2)
  const times = dashboard.sent.map((sent) => String(Object(sent).workflow_data.event_time))
  const rerun = (id: string, run: string, event_time = '') =>
    event(30, 'Delivery', 'start', { item_identifier: id, run, version: 0, delivery: { ...delivery(id), event_time } })
  await dashboard.receive([
    rerun('20001', 'b', times[0]),
    event(31, 'Check Package', 'error', { item_identifier: '20001', run: 'b', message: 'No PDF.' }),
    rerun('20002', 'c', times[1]),
    event(31, 'Expand Article', 'start', { item_identifier: '20002', run: 'c' }),
  ])
  expect(await results()).toMatch(
    /20001 version 1 Run 2 failed Check Package: No PDF\. .*20002 version 1 Run 2 in progress/,
  )
  expect(textOf((await ada.get('/current')).body)).toContain('Rerun of run 1, requested by ada')
})

test('several are scheduled for one time, and undoing brings back the time before', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...readyRun(0, { article: '00790' }), ...failedRun('20001')])
  const graham = await dashboard.signIn('graham', 'publisher')
  await graham.submit('/schedule', [
    ['article', '00790'],
    ['due', '2030-01-01T00:00'],
    ['zone', 'UTC'],
  ])
  const schedule = (due: string) =>
    graham.submit('/bulk/schedule', [
      ...runs('00353', '00790', '20001'),
      ['confirmed', 'true'],
      ['due', due],
      ['zone', 'Europe/Paris'],
      ['why', 'With the issue'],
    ])
  const past = await schedule('2016-01-01T00:00')
  expect([past.statusCode, past.body]).toEqual([400, expect.stringContaining('This time is in the past')])
  expect(past.body).toContain('value="With the issue"')
  const done = await schedule('2030-07-01T12:00')
  const text = textOf((await graham.get(String(done.headers['location']))).body)
  expect(text).toContain('2 articles scheduled. 1 article refused.')
  expect(text).toContain('20001 : Run 1 of version 1 ended with an error at Ingest To Lax')
  const due = async () =>
    (
      await dashboard.sql`select article || ' ' || to_char(due at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as text from schedule order by 1`
    ).map(({ text: one }) => String(one))
  expect(await due()).toEqual(['00353 2030-07-01 10:00', '00790 2030-07-01 10:00'])
  await graham.submit(`/results/${String(done.headers['location']).slice(-36)}/undo`, [])
  expect(await due()).toEqual(['00790 2030-01-01 00:00'])
})

test('ten of those that match go to the review before they are published', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...readyRun(0, { article: '00790' })])
  const graham = await dashboard.signIn('graham', 'publisher')
  const selected = await graham.submit('/bulk/publish', runs('00353', '00790'))
  expect(selected.headers['location']).toBe('/publish?article=00353%2F1%2Fa&article=00790%2F1%2Fa')
  const all = await graham.submit('/bulk/publish', [['all', '/current?section=uir&q=good']])
  expect(all.headers['location']).toBe('/publish?article=00353%2F1%2Fa&article=00790%2F1%2Fa')
})

test('an editor schedules nothing, and undoes no schedule; no form leads off the dashboard', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const graham = await dashboard.signIn('graham', 'publisher')
  const ada = await dashboard.signIn('ada', 'editor')
  const form: [string, string][] = [
    ...runs('00353'),
    ['confirmed', 'true'],
    ['due', '2030-07-01T12:00'],
    ['back', 'https://elsewhere.test/'],
  ]
  expect((await ada.submit('/bulk/schedule', form)).statusCode).toBe(403)
  const location = String((await graham.submit('/bulk/schedule', form)).headers['location'])
  expect(location).toMatch(/^\/current\?batch=/)
  await ada.submit(`/results/${location.slice(-36)}/undo`, [])
  expect(await dashboard.sql`select from schedule`).toHaveLength(1)
})
