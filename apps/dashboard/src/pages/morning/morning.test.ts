import { createServer } from 'node:http'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { event, minute, property, readyRun } from '../../derive/history/messages.fixture.ts'
import { startDashboard } from '../../web/dashboard.fixture.ts'
import { openOnes, startDeposits } from '../deposits/deposits.fixture.ts'

const textOf = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

const failed = (at: number, id: string, message: string) => [
  event(at, 'Expand Article', 'start', { item_identifier: id }),
  event(at + 1, 'Check Package', 'error', { item_identifier: id, message }),
]

test('each group counts what has happened since, and its address shows just that', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([
    ...failed(-60, '20000', 'Figure 1 has no file.'),
    ...failed(0, '20001', 'Figure 1 has no file.'),
    ...failed(0, '20002', 'Figure 2 has no file.'),
    ...failed(0, '20003', 'No PDF.'),
    ...readyRun(0, { article: '10001' }),
    ...readyRun(0, { article: '10002' }),
    property(5, 'findings', 'No alternative text\n', { item_identifier: '10002' }),
    ...readyRun(0, { article: '10003' }),
    property(12, 'publication-status', 'published', { item_identifier: '10003' }),
    event(2, 'Waiting', 'start', { item_identifier: '10001', version: 0, run: 'w' }),
  ])
  await dashboard.sql`insert into schedule (article, due, set_by) values ('99999', now() - interval '1 hour', 'ada')`
  const { body } = await dashboard.get(`/today?since=${minute(-10)}`)
  const text = textOf(body)
  expect(text).toMatch(/3 failed 2 Check Package: Figure … has no file\. 1 Check Package: No PDF\./)
  expect(text).toMatch(/1 overdue 1 on no article of the list/)
  expect(text).toMatch(/7 arrived 6 current 1 published or dismissed since/)
  expect(text).toContain('1 ready to publish, without findings 1 ready to publish, with findings')
  expect(text).toContain('1 published in all 1 waiting deliveries')
  expect(text).toContain('Empty: published by the clock; published, not finished.')
  const links = [...body.matchAll(/id="group-(\w+)"[^]*?href="([^"]+)"><b>(\d+)/g)].map(([, id, path = '', count]) => {
    const decoded = path.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=')
    return [id, decoded, Number(count)] as const
  })
  for (const [id, path, count] of links) {
    if (id === 'overdue' || id === 'arrived') continue
    const rows = (await dashboard.get(path)).body.split('id="published-heading"')[0]
    expect([id, rows?.match(/<li id="(article|published)-/g)?.length]).toEqual([id, count])
  }
  expect(links.map(([id]) => id)).toEqual(['failed', 'overdue', 'ready', 'findings', 'arrived', 'published', 'waiting'])
})

test('the page looks back to the end of the visit before, and a page that follows changes is no visit', async () => {
  await using dashboard = await startDashboard()
  const ada = await dashboard.signIn('ada')
  expect(textOf((await ada.get('/today')).body)).toContain('What has happened')
  const back = async (minutes: number) =>
    dashboard.sql`update visit set seen_at = seen_at - ${minutes} * interval '1 minute'`
  await back(300)
  const live = { cookie: ada.cookie, 'sec-fetch-dest': 'empty' }
  await dashboard.get('/current', live)
  expect(textOf((await dashboard.get('/today', live)).body)).toContain('What has happened')
  const page = (await ada.get('/today')).body
  expect(page).toContain('Since you were last here')
  const [row] = await dashboard.sql`select extract(epoch from now() - before_at)::int / 60 as minutes from visit`
  expect(row?.['minutes']).toBe(300)
  await back(5)
  await ada.get('/current')
  expect((await ada.get('/today')).body).toContain(/datetime="([^"]+)"/.exec(page)?.[1])
})

test('deposits that need a person, that are late and that wait are groups of their own, each a filter of the list', async () => {
  const { url } = await startDeposits(openOnes(12))
  await using dashboard = await startDashboard({ DEPOSITS_URL: url })
  const { body } = await dashboard.get('/today')
  expect(textOf(body)).toContain(
    '1 deposit refused or failed 1 deposit late 12 deposits waiting for their hour or an answer',
  )
  const plain = body.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=')
  const groups = [...plain.matchAll(/class="group (\S*) deposits"[^]*?href="([^"]+)"/g)].map(([, kind, path]) => [
    kind,
    path,
  ])
  expect(groups).toEqual([
    ['failed', '/deposits?attention=failed'],
    ['overdue', '/deposits?attention=late'],
    ['quiet', '/deposits?attention=waiting'],
  ])
  const list = textOf((await dashboard.get('/current')).body)
  expect(list).toContain('1 deposit refused or failed 1 deposit late')
  expect(list).not.toContain('waiting for their hour or an answer')
})

test('while all deposits only wait for their hour, nothing on the page is an alarm', async () => {
  const { url } = await startDeposits(openOnes(12).slice(0, 12))
  await using dashboard = await startDashboard({ DEPOSITS_URL: url })
  const { body } = await dashboard.get('/today')
  expect(textOf(body)).toContain('12 deposits waiting for their hour or an answer')
  expect(body).not.toMatch(/class="group (failed|overdue) deposits"/)
  expect(textOf(body)).toContain('; deposits refused, failed or late.')
})

test('while the deposits service hangs the page comes without them', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  await using dashboard = await startDashboard({ DEPOSITS_URL: `http://127.0.0.1:${port}` })
  expect(textOf((await dashboard.get('/today')).body)).toContain('The deposits service takes long to answer.')
  server.closeAllConnections()
  server.close()
})
