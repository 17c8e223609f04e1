import { expect, test } from 'vitest'
import { startLax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

const retraction = '/00353/retraction'
const order = { who: 'The editor', why: 'The figures were made up.', notice: '10.7554/eLife.00999' }

test('a retracted article stays public, and says so in every answer, its later versions and the search; undone, it is as before', async () => {
  await using lax = await startLax('2026-11-30T12:00:00Z')
  const publish = async (version: number) => {
    const article = sampleArticle({ title: 'Zebrafish', version, ...(version === 2 && { titlePrefix: 'Sleep' }) })
    expect((await lax.put(`/00353/versions/${version}`, { article, run: `run-${version}` })).statusCode).toBe(200)
    expect((await lax.post(`/00353/versions/${version}`, { run: `run-${version}` })).statusCode).toBe(200)
  }
  await publish(1)
  const before = (await lax.get('/00353')).body

  expect((await lax.put(retraction, order)).json()).toEqual({
    status: 'retracted',
    id: '00353',
    date: '2026-11-30',
    reason: order.why,
    notice: order.notice,
  })
  const said = { date: '2026-11-30', reason: order.why, notice: order.notice }
  const marked = { title: 'Zebrafish', titlePrefix: 'RETRACTED' }
  expect((await lax.get('/00353')).json()).toMatchObject({ ...marked, retraction: said })
  expect((await lax.get('')).json().items).toMatchObject([marked])
  expect((await lax.get('/00353/versions')).json().versions).toMatchObject([marked])
  const found = await lax.request('GET', '/api/v2/search?for=retracted+zebrafish', undefined, {})
  expect(found.json()).toMatchObject({ total: 1, items: [marked] })

  lax.clock.now = Temporal.Instant.from('2026-12-05T12:00:00Z')
  await publish(2)
  expect((await lax.get('/00353')).json()).toMatchObject({
    version: 2,
    titlePrefix: 'RETRACTED: Sleep',
    retraction: said,
  })
  const changed = { who: 'Another', why: 'Other words.' }
  expect((await lax.put(retraction, changed)).json()).toMatchObject({ date: '2026-11-30', reason: 'Other words.' })
  expect((await lax.get('/00353')).json().retraction).toEqual({ date: '2026-11-30', reason: 'Other words.' })
  expect(await lax.sql`select event, name from event where event like 'retract%' order by at`).toEqual([
    { event: 'retract', name: 'The editor' },
    { event: 'retract', name: 'Another' },
  ])

  const undo = () => lax.request('DELETE', `/api/v2/articles${retraction}`, { who: 'The editor' })
  expect((await undo()).json()).toEqual({ status: 'not retracted', id: '00353', was: true })
  expect((await undo()).json()).toMatchObject({ was: false })
  expect((await lax.get('/00353')).json()).toMatchObject({ titlePrefix: 'Sleep' })
  expect((await lax.get('/00353/versions/1')).json()).toEqual({ ...JSON.parse(before) })
})

test('who has not the token retracts nothing; nor is anything retracted that is not public, or without a reason', async () => {
  await using lax = await startLax()
  await lax.put('/00353/versions/1', { article: sampleArticle(), run: 'run' })
  expect((await lax.put(retraction, order, {})).statusCode).toBe(403)
  expect((await lax.put(retraction, order)).json()).toMatchObject({ code: 'record-not-found' })
  expect((await lax.put('/00354/retraction', order)).json()).toMatchObject({ code: 'record-not-found' })
  expect((await lax.put(retraction, { who: 'The editor' })).statusCode).toBe(400)
  expect((await lax.put(retraction, { ...order, notice: 'https://example.org/' })).statusCode).toBe(400)
  await lax.post('/00353/versions/1', { run: 'run' })
  await lax.put('/00353/withdrawal', { who: 'The editor', why: 'By mistake.' })
  expect((await lax.put(retraction, order)).json()).toMatchObject({ code: 'withdrawn' })
})

test('an article whose title says already that it is retracted does not say it twice', async () => {
  await using lax = await startLax()
  await lax.put('/00353/versions/1', { article: sampleArticle({ title: 'Retracted: Zebrafish' }), run: 'run' })
  await lax.post('/00353/versions/1', { run: 'run' })
  await lax.put(retraction, order)
  const { titlePrefix, retraction: said } = (await lax.get('/00353')).json()
  expect([titlePrefix, said.reason]).toEqual([undefined, order.why])
})
