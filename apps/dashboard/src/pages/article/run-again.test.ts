import { expect, test } from 'vitest'
import { startDashboard } from '../../web/dashboard.fixture.ts'
import type { Received } from '../../derive/history/model.ts'
import { event, minute, property, readyRun } from '../../derive/history/messages.fixture.ts'

/** Actions on failed and replaced runs, and articles with several current runs. */

const delivery = {
  bucket_name: 'local-production-final',
  file_name: 'journal-00353-vor-r1.zip',
  file_etag: 'abc',
  file_size: 7,
  event_time: minute(0),
}

const failedRun = (at = 0, run = 'f', more: Partial<typeof delivery> = {}): Received[] => [
  event(at, 'Delivery', 'start', { run, version: 0, delivery: { ...delivery, ...more } }),
  event(at, 'Ingest To Lax', 'error', { run, message: 'lax is unavailable' }),
]

const textOf = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('a failed run is run again: its package is delivered once more, and the requester is stored', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(failedRun())
  const graham = await dashboard.signIn('graham')
  expect(textOf((await graham.get('/current')).body)).toContain('Run again 00353 version 1')

  const answer = await graham.submit('/run-again', [['article', '00353/1/f']])
  expect(dashboard.sent).toMatchObject([
    {
      workflow_name: 'PublishPerfectArticle',
      workflow_data: {
        event_name: 'ObjectCreated:Put',
        bucket_name: 'local-production-final',
        file_name: 'journal-00353-vor-r1.zip',
        file_etag: 'abc',
        file_size: 7,
      },
    },
  ])
  const result = await graham.get(String(answer.headers['location']))
  expect(textOf(result.body)).toContain('Rerun version 1 requested')
  const list = textOf((await graham.get('/current')).body)
  expect(list).toContain('Rerun requested by graham; not started yet')
  expect(list).not.toContain('Run again 00353')

  const [sent] = dashboard.sent
  const moment = String(Object(sent).workflow_data.event_time)
  await dashboard.receive([
    event(30, 'Delivery', 'start', { run: 'g', version: 0, delivery: { ...delivery, event_time: moment } }),
    event(31, 'Version Lookup', 'end', { run: 'g' }),
  ])
  expect(textOf((await graham.get('/current')).body)).not.toContain('lax is unavailable')
  expect(textOf((await graham.get('/article/00353')).body)).not.toContain('requested')
})

test('a run that may not be run again says why', async () => {
  await using dashboard = await startDashboard()
  const other = '00790'
  const published = [...readyRun(), property(12, 'publication-status', 'published')]
  await dashboard.receive([
    ...published,
    ...failedRun(20),
    event(0, 'Post EIF', 'error', { item_identifier: other }),
    event(0, 'Expand Article', 'start', { item_identifier: '04970' }),
  ])
  const graham = await dashboard.signIn('graham')
  const refusal = async (ref: string) => {
    const answer = await graham.submit('/run-again', [['article', ref]])
    return textOf((await graham.get(String(answer.headers['location']))).body)
  }
  expect(await refusal('00353/1/f')).toContain('this package would become the next version')
  expect(await refusal(`${other}/1/a`)).toContain('The package of this run is not known')
  expect(await refusal('04970/1/a')).toContain('The package of this run is not known')
  expect(await refusal('00353/1/x')).toContain('This run has not arrived')
  expect(dashboard.sent).toEqual([])
})

test('forms that do not belong to the session are refused', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(failedRun())
  const { cookie } = await dashboard.signIn('graham')
  for (const path of ['/run-again', '/set-aside']) {
    const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
    expect((await dashboard.post(path, 'article=00353/1/f', form)).statusCode).toBe(403)
  }
  expect(dashboard.sent).toEqual([])
  expect(textOf((await dashboard.get('/current')).body)).toContain('lax is unavailable')
})

test('two requests run it once', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(failedRun())
  const graham = await dashboard.signIn('graham')
  await graham.submit('/run-again', [['article', '00353/1/f']])
  await graham.submit('/run-again', [['article', '00353/1/f']])
  expect(dashboard.sent).toHaveLength(1)
})

test('a dismissed run leaves the lists, says who dismissed it, and can be restored', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...failedRun(20, 'f', { file_name: 'journal-00353-vor-v5-2016.zip' })])
  const graham = await dashboard.signIn('graham')
  const set = (...more: [string, string][]) => graham.submit('/set-aside', [['article', '00353/1/f'], ...more])
  expect((await set(['from', 'current'])).headers['location']).toBe('/current')
  const list = textOf((await graham.get('/current')).body)
  expect(list).not.toContain('lax is unavailable')
  expect(list).toContain('Ready to publish 1')
  const article = textOf((await graham.get('/article/00353/1/f')).body)
  expect(article).toContain('Dismissed by graham')
  expect(article).toMatch(/graham Dismiss a run of version 1 done/)
  expect((await set(['back', 'true'])).headers['location']).toBe('/article/00353/1/f')
  expect(textOf((await graham.get('/current')).body)).toContain('lax is unavailable')
})

test('a run in progress cannot be dismissed', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([event(0, 'Expand Article', 'start')])
  const graham = await dashboard.signIn('graham')
  await graham.submit('/set-aside', [['article', '00353/1/a']])
  expect(textOf((await graham.get('/current')).body)).toContain('In progress 1')
})

test('the earlier good run is published after the newer one failed, with its own data', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([
    ...readyRun(),
    event(20, 'Expand Article', 'start', { run: 'b' }),
    event(22, 'Check Package', 'error', { run: 'b', message: '3 figures have no file.' }),
  ])
  const graham = await dashboard.signIn('graham')
  const list = textOf((await graham.get('/current')).body)
  expect(list).toContain('3 figures have no file.')
  expect(list).toContain('Run 2, which is newer, failed at Check Package. You can still publish this run.')
  await graham.submit('/publish', [['article', '00353/1/a']])
  await dashboard.afterHold()
  expect(dashboard.sent).toMatchObject([{ workflow_data: { run: 'a', version: 1 } }])
})

test('each current run of an article is in the API, with its own version and status', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([
    ...readyRun(),
    ...readyRun(20, { run: 'b', version: '2' }),
    event(40, 'Waiting', 'start', { run: 'c', version: 0 }),
  ])
  expect((await dashboard.get('/api/current')).json()).toMatchObject({
    uir: [
      { id: '00353', version: 1, 'run-id': 'a', 'publication-status': 'ready to publish' },
      { id: '00353', version: 2, 'run-id': 'b', 'publication-status': 'ready to publish' },
    ],
    'in-progress': [{ id: '00353', version: 0, 'run-id': 'c', 'event-type': 'Waiting' }],
  })
})

test('a version that is ready is scheduled itself, not the one beside it', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...readyRun(20, { run: 'b', version: '2' })])
  const graham = await dashboard.signIn('graham')
  await graham.submit('/schedule', [
    ['article', '00353'],
    ['ready', '00353/1/a'],
    ['due', '2030-01-01T00:00'],
    ['zone', 'UTC'],
  ])
  const { scheduled, uir } = (await dashboard.get('/api/current')).json()
  expect(scheduled).toMatchObject([{ version: 1, 'scheduled-publication-date': 1_893_456_000 }])
  expect(uir).toMatchObject([{ version: 2 }])
})
