import { describe, expect, test } from 'vitest'
import { startLax, type Lax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

/** Ingesting and publishing over HTTP, as an editor and the pipeline see it. The rules have their own tests. */

async function ingestAndPublish(lax: Lax, version: number, run: string, more: Record<string, unknown> = {}) {
  const path = `/00353/versions/${version}`
  const ingested = await lax.put(path, { article: sampleArticle({ version, ...more }), run })
  expect(ingested.json()).toMatchObject({ status: 'ingested' })
  const published = await lax.post(path, { run })
  expect(published.json()).toMatchObject({ status: 'published' })
}

const titleSeen = async (lax: Lax, path: string, seesAll = false) =>
  (await lax.get(path, seesAll ? { authorization: lax.authorization } : {})).json().title

test('an article is a preview until it is published', async () => {
  await using lax = await startLax()
  const ingested = await lax.put('/353/versions/1', {
    article: sampleArticle(),
    run: 'run-1',
    location: 's3://x/y.xml',
  })
  expect(ingested.statusCode).toBe(200)
  expect(ingested.json()).toMatchObject({
    status: 'ingested',
    id: '00353',
    run: 'run-1',
    datetime: '2016-10-05T12:00:00Z',
  })
  for (const path of ['/353', '/353/versions', '/353/versions/1', '/353/related']) {
    expect((await lax.get(path)).statusCode, path).toBe(404)
    const seen = await lax.get(path, { authorization: lax.authorization })
    expect(seen.statusCode, path).toBe(200)
  }
  expect((await lax.get('')).json()).toEqual({ total: 0, items: [] })
  const preview = (await lax.get('/353', { authorization: lax.authorization })).json()
  expect(preview).toMatchObject({ stage: 'preview', title: 'A good life' })
  expect(preview).not.toHaveProperty('published')
  const { headers } = await lax.get('/353', { authorization: lax.authorization })
  expect(headers['x-continuum-run']).toBe('run-1')

  const published = await lax.post('/353/versions/1', { run: 'run-1' })
  expect(published.json()).toMatchObject({
    status: 'published',
    id: '00353',
    datetime: '2012-12-13T00:00:00Z',
    run: 'run-1',
  })
  expect((await lax.get('/353')).headers).not.toHaveProperty('x-continuum-run')
  const date = '2012-12-13T00:00:00Z'
  expect((await lax.get('/353')).json()).toMatchObject({
    stage: 'published',
    published: date,
    versionDate: date,
    statusDate: date,
  })
})

test('a second version waits beside the first, and is dated by its publication', async () => {
  await using lax = await startLax()
  await ingestAndPublish(lax, 1, 'run-1')
  await lax.put('/353/versions/2', { article: sampleArticle({ version: 2, title: 'Better' }), run: 'run-2' })
  expect(await titleSeen(lax, '/353')).toBe('A good life')
  expect(await titleSeen(lax, '/353', true)).toBe('Better')
  expect((await lax.get('/353/versions/2')).statusCode).toBe(404)
  await lax.post('/353/versions/2', { run: 'run-2' })
  expect((await lax.get('/353')).json()).toMatchObject({
    title: 'Better',
    published: '2012-12-13T00:00:00Z',
    versionDate: '2016-10-05T12:00:00Z',
    statusDate: '2012-12-13T00:00:00Z',
  })
  expect(await titleSeen(lax, '/353/versions/1')).toBe('A good life')
})

test('publishing needs the run that was approved', async () => {
  await using lax = await startLax()
  await lax.put('/353/versions/1', { article: sampleArticle(), run: 'approved' })
  await lax.put('/353/versions/1', { article: sampleArticle({ title: 'Other' }), run: 'newer' })
  const refused = await lax.post('/353/versions/1', { run: 'approved' })
  expect(refused.statusCode).toBe(409)
  expect(refused.json()).toMatchObject({
    status: 'invalid',
    code: 'superseded',
    message: expect.stringContaining('newer'),
  })
  expect((await lax.get('/353')).statusCode).toBe(404)
})

test('whatever is stored is published where no run is named; what is public needs force', async () => {
  await using lax = await startLax()
  await lax.put('/353/versions/1', { article: sampleArticle(), run: 'a run' })
  expect((await lax.post('/353/versions/1', {})).json()).not.toHaveProperty('run')
  expect(await lax.sql`select run from event where event = 'publish'`).toMatchObject([{ run: 'a run' }])
  expect((await lax.post('/353/versions/1', {})).json()).toMatchObject({ code: 'already-published' })
  expect((await lax.post('/353/versions/1?force=true', {})).json()).toMatchObject({ status: 'published' })
})

test('a repeated delivery of the same content is accepted, changes nothing, and is the one to publish', async () => {
  await using lax = await startLax()
  await lax.put('/353/versions/1', { article: sampleArticle({ '-meta': { location: 'a' } }), run: 'first' })
  lax.clock.now = lax.clock.now.add({ hours: 1 })
  const again = await lax.put('/353/versions/1', {
    article: sampleArticle({ '-meta': { location: 'b' } }),
    run: 'second',
  })
  expect(again.json()).toMatchObject({ status: 'ingested', datetime: '2016-10-05T12:00:00Z', run: 'second' })
  expect(await lax.sql`select event from event`).toHaveLength(1)
  expect((await lax.post('/353/versions/1', { run: 'second' })).statusCode).toBe(200)
  expect((await lax.post('/353/versions/1', { run: 'second' })).json()).toMatchObject({ status: 'published' })
  expect(await lax.sql`select event from event`).toHaveLength(2)
})

test('a change of relations alone is a change', async () => {
  await using lax = await startLax()
  await lax.put('/353/versions/1', { article: sampleArticle(), run: 'first' })
  lax.clock.now = lax.clock.now.add({ hours: 1 })
  const related = sampleArticle({ '-related-articles-internal': ['00288'] })
  const again = await lax.put('/353/versions/1', { article: related, run: 'second' })
  expect(again.json()).toMatchObject({ datetime: '2016-10-05T13:00:00Z' })
})

describe('a silent correction', () => {
  test('is refused without force, and public at once with it', async () => {
    await using lax = await startLax()
    await ingestAndPublish(lax, 1, 'run-1')
    const corrected = {
      article: sampleArticle({ title: 'Corrected', published: '2012-12-14T00:00:00Z' }),
      run: 'run-2',
    }
    expect((await lax.put('/353/versions/1', corrected)).json()).toMatchObject({ code: 'already-published' })
    await lax.put('/353/versions/1?force=true', corrected)
    expect((await lax.get('/353')).json()).toMatchObject({ title: 'Corrected', published: '2012-12-14T00:00:00Z' })
  })

  test('may be held until it is published by force', async () => {
    await using lax = await startLax()
    await ingestAndPublish(lax, 1, 'run-1')
    await lax.put('/353/versions/1?force=true&hold=true', { article: sampleArticle({ title: 'Held' }), run: 'run-2' })
    expect(await titleSeen(lax, '/353')).toBe('A good life')
    expect(await titleSeen(lax, '/353/versions/1', true)).toBe('Held')
    const history = (await lax.get('/353/versions', { authorization: lax.authorization })).json()
    expect(history.versions).toMatchObject([{ version: 1, stage: 'preview', title: 'Held' }])
    expect((await lax.post('/353/versions/1', { run: 'run-2' })).json()).toMatchObject({ code: 'already-published' })
    expect((await lax.post('/353/versions/1?force=true', { run: 'run-2' })).json()).toMatchObject({
      status: 'published',
    })
    expect(await titleSeen(lax, '/353')).toBe('Held')
  })

  test('of the first version moves the dates of the later ones', async () => {
    await using lax = await startLax()
    await ingestAndPublish(lax, 1, 'run-1', { status: 'poa', body: undefined })
    await ingestAndPublish(lax, 2, 'run-2', { status: 'poa', body: undefined })
    const moved = sampleArticle({ status: 'poa', body: undefined, published: '2012-12-20T00:00:00Z' })
    await lax.put('/353/versions/1?force=true', { article: moved, run: 'run-3' })
    expect((await lax.get('/353')).json()).toMatchObject({
      published: '2012-12-20T00:00:00Z',
      statusDate: '2012-12-20T00:00:00Z',
      versionDate: '2016-10-05T12:00:00Z',
    })
  })
})

test('a dry run answers what would happen, and changes nothing', async () => {
  await using lax = await startLax()
  const dry = await lax.put('/353/versions/1?dry-run=true', { article: sampleArticle(), run: 'run-1' })
  expect(dry.json()).toMatchObject({ status: 'validated', 'dry-run': true, datetime: '2016-10-05T12:00:00Z' })
  expect((await lax.get('/353', { authorization: lax.authorization })).statusCode).toBe(404)
  await lax.put('/353/versions/1', { article: sampleArticle(), run: 'run-1' })
  const published = await lax.post('/353/versions/1?dry-run=true', { run: 'run-1' })
  expect(published.json()).toMatchObject({ status: 'validated', datetime: '2012-12-13T00:00:00Z' })
  expect((await lax.get('/353')).statusCode).toBe(404)
})

test('two deliveries at once leave one whole content', async () => {
  await using lax = await startLax()
  const runs = Array.from({ length: 8 }, (_, n) => `run-${n}`)
  const answers = await Promise.all(
    runs.map((run) => lax.put('/353/versions/1', { article: sampleArticle({ title: run }), run })),
  )
  expect(answers.map((answer) => answer.statusCode)).toEqual(runs.map(() => 200))
  const [{ run } = { run: '' }] = await lax.sql<{ run: string }[]>`select run from content`
  expect(await titleSeen(lax, '/353', true)).toBe(run)
})

describe('ingest and publish in one request', () => {
  test('is public at once, may be repeated by its run, and is refused to others without force', async () => {
    await using lax = await startLax()
    const path = '/353/versions/1?publish=true'
    const first = await lax.put(path, { article: sampleArticle(), run: 'run-1' })
    expect(first.json()).toMatchObject({ status: 'published', datetime: '2012-12-13T00:00:00Z' })
    expect((await lax.put(path, { article: sampleArticle(), run: 'run-1' })).json()).toMatchObject(first.json())
    const other = await lax.put(path, { article: sampleArticle(), run: 'run-2' })
    expect(other.json()).toMatchObject({ code: 'already-published' })
    expect(await titleSeen(lax, '/353')).toBe('A good life')
  })

  test('publishes what was ingested before, the same content or not', async () => {
    await using lax = await startLax()
    await lax.put('/353/versions/1', { article: sampleArticle(), run: 'run-1' })
    await lax.put('/353/versions/1?publish=true', { article: sampleArticle(), run: 'run-2' })
    expect(await titleSeen(lax, '/353')).toBe('A good life')
  })

  test('stores nothing where it cannot be published, and on a dry run', async () => {
    await using lax = await startLax()
    const undated = { article: sampleArticle({ published: null }), run: 'run-1' }
    expect((await lax.put('/353/versions/1?publish=true', undated)).json()).toMatchObject({
      code: 'error-parsing-article-json',
    })
    const dry = await lax.put('/353/versions/1?publish=true&dry-run=true', { article: sampleArticle(), run: 'run-1' })
    expect(dry.json()).toMatchObject({ status: 'validated', datetime: '2012-12-13T00:00:00Z', 'dry-run': true })
    expect((await lax.get('/353', { authorization: lax.authorization })).statusCode).toBe(404)
    const both = await lax.put('/353/versions/1?publish=true&hold=true', { article: sampleArticle(), run: 'run-1' })
    expect(both.json()).toMatchObject({ code: 'bad-request' })
  })
})
