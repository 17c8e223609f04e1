import { expect, test } from 'vitest'
import { sampleArticle } from '../rules/samples.fixture.ts'
import { bucketUrl, startAdaptorTest } from './adaptor.fixture.ts'

/** Acceptance scenarios of the contract (section 10) over the queue; what readers see is read over HTTP. Scenario 14 is in adaptor.test.ts. */

async function startDoor() {
  const adaptor = await startAdaptorTest()
  const { lax } = adaptor
  let files = 0
  const send = async (action: string, version: number, article?: object, more: Record<string, unknown> = {}) => {
    const name = `${++files}.json`
    await adaptor.put(name, JSON.stringify({ article }))
    await adaptor.send({ action, id: '7', version, location: `${bucketUrl}/${name}`, token: `${files}`, ...more })
    return adaptor.reply()
  }
  const article = (more: Record<string, unknown> = {}) =>
    sampleArticle({ id: '00007', doi: '10.5555/journal.00007', ...more })
  const read = async (path: string, all = false) => {
    const reply = await lax.get(path, all ? { authorization: lax.authorization } : {})
    return { status: reply.statusCode, json: reply.json() }
  }
  return { lax, send, article, read }
}

const day = { hours: 24 }

test('1: an ingest is seen with the token alone, a publication by everybody, with the date of the XML', async () => {
  const { send, article, read } = await startDoor()
  await send('ingest', 1, article())
  for (const path of ['/7', '/7/versions', '/7/versions/1', '/7/related']) {
    expect((await read(path)).status, path).toBe(404)
    expect((await read(path, true)).status, path).toBe(200)
  }
  expect([(await read('')).json.total, (await read('', true)).json.total]).toEqual([0, 1])
  expect((await read('/7', true)).json.stage).toBe('preview')
  expect(await send('publish', 1)).toMatchObject({ status: 'published', datetime: '2012-12-13T00:00:00Z' })
  const date = '2012-12-13T00:00:00Z'
  // The adaptor is another process than the one that answers: it hears of the change.
  await expect
    .poll(async () => (await read('/7')).json)
    .toMatchObject({ stage: 'published', published: date, versionDate: date, statusDate: date })
})

test('2: an ingest never publishes, once or twice', async () => {
  const { send, article, read } = await startDoor()
  for (const _ of [1, 2]) expect(await send('ingest', 1, article())).toMatchObject({ status: 'ingested' })
  expect((await read('/7')).status).toBe(404)
})

test('2: each rule with its code and message', async () => {
  const { send, article } = await startDoor()
  const refusal = async (...request: Parameters<typeof send>) => {
    const { status, code, message } = await send(...request)
    return `${String(status)} ${String(code)}: ${String(message)}`
  }
  const second = article({ version: 2 })
  for (const more of [{}, { force: true }]) {
    expect(await refusal('ingest', 2, second, more)).toBe(
      'invalid previous-version-does-not-exist: refusing to ingest new article version out of sequence. no other article versions exist so a v1 was expected.',
    )
  }
  expect(await refusal('publish', 1)).toBe(
    "invalid record-not-found: refusing to publish an article '00007v1' that doesn't exist",
  )
  await send('ingest', 1, article())
  for (const more of [{}, { force: true }]) {
    expect(await refusal('ingest', 2, second, more)).toBe(
      'invalid previous-version-unpublished: refusing to ingest new article version when previous article version is still unpublished.',
    )
  }
  await send('publish', 1)
  expect(await refusal('ingest', 3, article({ version: 3 }))).toBe(
    'invalid previous-version-does-not-exist: refusing to ingest new article version out of sequence.',
  )
  for (const action of ['ingest', 'ingest+publish']) {
    expect(await refusal(action, 1, article({ title: 'Other' }))).toBe(
      'invalid already-published: refusing to ingest new article data on an already published article version.',
    )
  }
  for (const more of [{}, { force: true }]) {
    expect(await refusal('ingest', 2, article({ version: 2, title: 5 }), more)).toMatch(
      /^invalid invalid-article-json: /,
    )
  }
  expect(await refusal('ingest', 2, article({ version: 2, title: undefined }))).toBe(
    "invalid error-parsing-article-json: failed to scrape article data, key not present: 'title'",
  )
  expect(await refusal('ingest', 2, article({ version: 2, published: undefined }))).toBe(
    "invalid error-parsing-article-json: failed to scrape given article data: KeyError('published')",
  )
  expect(await refusal('ingest', 2, article())).toBe(
    "invalid bad-request: 'version' in the data (1) does not match 'version' passed to script (2)",
  )
  expect(await refusal('ingest', 2, article({ version: 2, id: '00008' }))).toMatch(
    /^invalid bad-request: 'id' in the data \(00008\) does not match 'msid' passed to script/,
  )
})

test('3: a second version is not seen before it is published, and is dated by its publication', async () => {
  const { lax, send, article, read } = await startDoor()
  await send('ingest+publish', 1, article())
  lax.clock.now = lax.clock.now.add(day)
  await send('ingest', 2, article({ version: 2, title: 'Second' }))
  expect((await read('/7')).json.version).toBe(1)
  expect((await read('/7/versions/2')).status).toBe(404)
  const preview = (await read('/7', true)).json
  expect(preview).toMatchObject({ version: 2, stage: 'preview', published: '2012-12-13T00:00:00Z' })
  expect(preview).not.toHaveProperty('versionDate')
  const published = await send('publish', 2)
  expect(published).toMatchObject({ status: 'published', datetime: '2016-10-06T12:00:00Z' })
  expect((await read('/7/versions/1')).json.title).toBe('A good life')
  lax.clock.now = lax.clock.now.add(day)
  expect(await send('publish', 2, undefined, { force: true })).toMatchObject({ datetime: '2016-10-06T12:00:00Z' })
})

test('4: a silent correction is public at once with its date, which version 1 changes', async () => {
  const { lax, send, article, read } = await startDoor()
  await send('ingest+publish', 1, article())
  await send('ingest+publish', 2, article({ version: 2 }))
  lax.clock.now = lax.clock.now.add(day)
  await send('ingest', 2, article({ version: 2, title: 'Corrected' }), { force: true })
  expect((await read('/7')).json).toMatchObject({ title: 'Corrected', versionDate: '2016-10-05T12:00:00Z' })
  await send('ingest', 1, article({ published: '2012-12-14T00:00:00Z' }), { force: true })
  expect((await read('/7/versions/1')).json).toMatchObject({ published: '2012-12-14T00:00:00Z' })
  const dry = { force: true, 'validate-only': true }
  expect(await send('ingest', 2, article({ version: 2, title: 'Dry' }), dry)).toMatchObject({ status: 'validated' })
  expect((await read('/7')).json.title).toBe('Corrected')
})

test('5: the same content again has the same datetime and no event; relations are content; ingest+publish publishes it', async () => {
  const { lax, send, article, read } = await startDoor()
  const events = async () => (await lax.sql`select 1 from event`).length
  const first = await send('ingest', 1, article())
  lax.clock.now = lax.clock.now.add(day)
  expect((await send('ingest', 1, article()))['datetime']).toBe(first['datetime'])
  expect(await events()).toBe(1)
  const related = await send('ingest', 1, article({ '-related-articles-internal': ['00008'] }))
  expect(related['datetime']).toBe('2016-10-06T12:00:00Z')
  await send('ingest+publish', 1, article({ '-related-articles-internal': ['00008'] }))
  expect((await read('/7')).status).toBe(200)
})

test('6: the status date is that of the first PoA, or of the first version of record', async () => {
  const { lax, send, article, read } = await startDoor()
  for (const [version, status] of [
    [1, 'poa'],
    [2, 'poa'],
    [3, 'vor'],
    [4, 'vor'],
  ] as const) {
    const body = status === 'poa' ? { body: undefined } : {}
    await send('ingest+publish', version, article({ version, status, ...body }))
    lax.clock.now = lax.clock.now.add(day)
  }
  const { versions } = (await read('/7/versions')).json
  expect(versions.map(({ statusDate }: { statusDate: string }) => statusDate.slice(0, 10))).toEqual([
    '2012-12-13',
    '2012-12-13',
    '2016-10-07',
    '2016-10-07',
  ])
})
