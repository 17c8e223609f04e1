import { describe, expect, test } from 'vitest'
import { sampleArticle, startLax, type Lax } from './lax.fixture.ts'

/** What an editor and the pipeline see of ingesting and publishing, over HTTP. The rules have a table of their own. */

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
  expect(ingested.json()).toMatchObject({ status: 'ingested', id: 353, run: 'run-1', datetime: '2016-10-05T12:00:00Z' })
  for (const path of ['/353', '/353/versions', '/353/versions/1', '/353/related']) {
    expect((await lax.get(path)).statusCode, path).toBe(404)
    const seen = await lax.get(path, { authorization: lax.authorization })
    expect(seen.statusCode, path).toBe(200)
  }
  expect((await lax.get('')).json()).toEqual({ total: 0, items: [] })
  const preview = (await lax.get('/353', { authorization: lax.authorization })).json()
  expect(preview).toMatchObject({ stage: 'preview', title: 'A good life' })
  expect(preview).not.toHaveProperty('published')

  const published = await lax.post('/353/versions/1', { run: 'run-1' })
  expect(published.json()).toMatchObject({
    status: 'published',
    id: 353,
    datetime: '2012-12-13T00:00:00Z',
    run: 'run-1',
  })
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

describe('what cannot be ingested says why', () => {
  test.for<[string, payload: unknown, status: number, code: string, message: string]>([
    ['text', '{"article"', 400, 'bad-request', 'could not decode the json you gave me: '],
    ['nothing', '', 400, 'bad-request', 'could not decode the json you gave me: '],
    ['no article', { run: 'r' }, 400, 'bad-request', 'the body must be {"article"'],
    ['no run', { article: sampleArticle() }, 400, 'bad-request', 'the body must be {"article"'],
    [
      'another id',
      { article: sampleArticle({ id: '16695' }), run: 'r' },
      400,
      'bad-request',
      "'id' in the data (16695) does not match 'msid' passed to script (353)",
    ],
    [
      'another version',
      { article: sampleArticle({ version: 2 }), run: 'r' },
      400,
      'bad-request',
      "'version' in the data (2) does not match 'version' passed to script (1)",
    ],
    [
      'the DOI of another',
      { article: sampleArticle({ doi: '10.7554/eLife.00354' }), run: 'r' },
      400,
      'bad-request',
      '10.7554/eLife.00354 is not the DOI of article 353',
    ],
    [
      'no title',
      { article: sampleArticle({ title: undefined }), run: 'r' },
      400,
      'error-parsing-article-json',
      "failed to scrape article data, key not present: 'title'",
    ],
    [
      'no published',
      { article: sampleArticle({ published: undefined }), run: 'r' },
      400,
      'error-parsing-article-json',
      "failed to scrape given article data: KeyError('published')",
    ],
    [
      'an unknown status',
      { article: sampleArticle({ status: 'draft' }), run: 'r' },
      400,
      'invalid-article-json',
      '(error 1 of 1) /status',
    ],
    [
      'a wrong volume',
      { article: sampleArticle({ volume: 'one' }), run: 'r' },
      400,
      'invalid-article-json',
      '(error 1 of 1) /volume',
    ],
    [
      'no body of a record',
      { article: sampleArticle({ body: [] }), run: 'r' },
      400,
      'invalid-article-json',
      '(error 1 of 1) /body',
    ],
    [
      'authors alone',
      { article: sampleArticle({ authors: [{ type: 'person' }] }), run: 'r' },
      400,
      'invalid-article-json',
      '(error 1 of 1) /authors and /authorLine require each other',
    ],
  ])('%s', async ([, payload, status, code, message]) => {
    const answer = await shared.put('/353/versions/1', payload)
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject({
      status: 'invalid',
      code,
      message: expect.stringContaining(message),
      comment: expect.any(String),
    })
    expect((await shared.get('/353', { authorization: shared.authorization })).statusCode).toBe(404)
  })

  test('a version 1 whose date is null is ingested, and published on an explicit date', async () => {
    await shared.put('/288/versions/1', { article: sampleArticle({ id: '00288', published: null }), run: 'r' })
    expect((await shared.post('/288/versions/1', { run: 'r' })).json()).toMatchObject({
      code: 'error-parsing-article-json',
    })
    const published = await shared.post('/288/versions/1', { run: 'r', date: '2016-10-01T00:00:00.5Z' })
    expect(published.json()).toMatchObject({ datetime: '2016-10-01T00:00:00Z' })
  })

  test('nobody writes without the credential', async () => {
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { 'x-consumer-groups': 'view-unpublished-content' },
    ]) {
      const answers = [
        await shared.put('/353/versions/1', { article: sampleArticle(), run: 'r' }, headers),
        await shared.post('/353/versions/1', { run: 'r' }, headers),
      ]
      for (const answer of answers) {
        expect(answer.statusCode).toBe(403)
        expect(answer.json()).toEqual({
          title: 'not authenticated',
          detail: 'only authenticated users can modify content',
        })
      }
    }
  })
})

const shared = await startLax()
