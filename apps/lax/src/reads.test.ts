import { expect, test, describe } from 'vitest'
import { startLax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

/** The article API as its readers meet it: lists, histories, relations, headers, errors. */
const lax = await startLax()
const everything = { authorization: lax.authorization }

async function add(id: string, version: number, more: Record<string, unknown> = {}, publish = true) {
  const path = `/${id}/versions/${version}`
  const put = await lax.put(path, { article: sampleArticle({ id, version, ...more }), run: path })
  expect(put.statusCode, put.body).toBe(200)
  if (publish) expect((await lax.post(path, { run: path })).statusCode).toBe(200)
}

const preprint = (id: string) => ({
  id,
  doi: `10.7554/eLife.${id}`,
  title: 'A preprint',
  status: 'reviewed',
  stage: 'published',
})
const citation = {
  type: 'external-article',
  articleTitle: 'Elsewhere',
  journal: 'J',
  authorLine: 'A',
  uri: 'https://x.org/1',
}

await add('00001', 1, {
  published: '2012-01-01T00:00:00Z',
  type: 'insight',
  '-related-articles-internal': ['00002', '99999'],
  '-related-articles-external': [citation],
  '-related-articles-reviewed-preprints': [preprint('00002'), preprint('77777')],
})
await add('00002', 1, {
  published: '2012-02-01T00:00:00Z',
  status: 'poa',
  '-history': {
    received: '2011-11-01T00:00:00Z',
    accepted: '2011-12-01',
    'sent-for-peer-review': '2011-11-15',
    preprint: { description: 'A preprint', uri: 'https://x.org/2', date: '2011-10-01T00:00:00Z' },
  },
})
await add('00003', 1, { published: '2012-02-01T00:00:00Z' })
lax.clock.now = Temporal.Instant.from('2012-06-01T00:00:00Z')
await add('00002', 2, {
  title: 'Second',
  '-history': {
    received: '2011-11-01T00:00:00Z',
    accepted: '2011-12-01',
    'sent-for-peer-review': '2011-11-15',
    preprint: { description: 'A preprint', uri: 'https://x.org/2', date: '2011-10-01T00:00:00Z' },
  },
})
await add('00003', 2, { title: 'Waiting' }, false)
await add('00004', 1, { '-related-articles-internal': ['00001'] }, false)

const ids = async (query: string, headers = {}) =>
  (await lax.get(query, headers))
    .json()
    .items.map((item: { id: string; version: number }) => `${Number(item.id)}v${item.version}`)

const lookup = (path: string) => lax.app.inject({ url: `/api/v1/article/${path}` })

describe('a list', () => {
  test('has one entry an article, the newest version that is public, by date and number', async () => {
    expect(await ids('')).toEqual(['2v2', '3v1', '1v1'])
    expect(await ids('?order=ASC')).toEqual(['1v1', '3v1', '2v2'])
  })

  test('begins with what is not public for those who may see it', async () => {
    expect(await ids('', everything)).toEqual(['4v1', '3v2', '2v2', '1v1'])
    expect(await ids('?order=asc', everything)).toEqual(['1v1', '2v2', '3v2', '4v1'])
  })

  test('is paged, with the total on each page and past the end', async () => {
    expect((await lax.get('?per-page=2&page=2')).json()).toMatchObject({ total: 3, items: [{ id: '00001' }] })
    expect((await lax.get('?per-page=2&page=3')).json()).toEqual({ total: 3, items: [] })
  })

  test('ignores parameters that it does not know', async () => {
    expect(await ids('?subject=neuroscience')).toEqual(['2v2', '3v1', '1v1'])
  })

  test.for([
    ...['0', '-1', '1.5', 'one', '', '1&page=2'].map((value) => [
      `page=${value}`,
      "expecting positive integer for 'page' parameter",
    ]),
    ...['0', '-1', '1.5', 'one', '', '1&per-page=2'].map((value) => [
      `per-page=${value}`,
      "expecting positive integer for 'per-page' parameter",
    ]),
    ['per-page=101', "value must be between 1 and 100 for 'per-page' parameter"],
    ['order=newest', "expecting either 'asc' or 'desc' for 'order' parameter"],
  ])('refuses paging without sense: %s', async ([query, detail]) => {
    const answer = await lax.get(`?${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toEqual({ title: 'bad request', detail })
  })

  test('shows nothing of the text', async () => {
    expect((await lax.get('')).json().items[0]).not.toHaveProperty('body')
  })
})

describe('a history', () => {
  test('has preprints first, then versions ascending, and the dates before', async () => {
    const history = (await lax.get('/2/versions')).json()
    expect(history).toMatchObject({ received: '2011-11-01', accepted: '2011-12-01', sentForReview: '2011-11-15' })
    expect(history.versions).toMatchObject([
      { status: 'preprint', date: '2011-10-01T00:00:00Z' },
      { version: 1, status: 'poa' },
      { version: 2 },
    ])
  })

  test('of the older media type knows neither preprints nor review', async () => {
    const history = (
      await lax.get('/2/versions', { accept: 'application/vnd.elife.article-history+json; version=1' })
    ).json()
    expect(history).not.toHaveProperty('sentForReview')
    expect(history.versions).toMatchObject([{ version: 1 }, { version: 2 }])
  })

  test('of an insight has not been received', async () => {
    expect((await lax.get('/1/versions')).json()).not.toHaveProperty('received')
  })

  test('shows unpublished versions only with the credential', async () => {
    expect((await lax.get('/3/versions')).json().versions).toHaveLength(1)
    expect((await lax.get('/3/versions', everything)).json().versions).toHaveLength(2)
  })
})

describe('relations', () => {
  test('are citations, preprints that are no article yet, and articles, without what is unknown', async () => {
    expect((await lax.get('/1/related')).json()).toMatchObject([citation, { id: '77777' }, { id: '00002', version: 2 }])
  })

  test('of the older media type have no preprints', async () => {
    const accept = 'application/vnd.elife.article-related+json; version=1'
    expect((await lax.get('/1/related', { accept })).json()).toMatchObject([citation, { id: '00002', version: 2 }])
  })

  test('hold in both directions, and what is not public is named only to those who may see it', async () => {
    expect((await lax.get('/2/related')).json()).toMatchObject([{ id: '00001' }])
    const named = (await lax.get('/1/related', everything)).json()
    expect(named.map((item: { id?: string }) => item.id)).toEqual([undefined, '77777', '00002', '00004'])
  })

  test('may be none', async () => {
    expect((await lax.get('/3/related')).json()).toEqual([])
  })
})

describe('headers', () => {
  test('let everybody keep what is public, and nobody what is not', async () => {
    const open = await lax.get('/1')
    expect(open.headers).toMatchObject({
      'cache-control': 'public, max-age=300, stale-while-revalidate=300, stale-if-error=86400',
      'content-type': 'application/vnd.elife.article-vor+json; version=8',
      'kong-authenticated': 'False',
      vary: expect.stringContaining('Accept'),
    })
    const seen = await lax.get('/1', everything)
    expect(seen.headers).toMatchObject({
      'cache-control': 'private, max-age=0, must-revalidate',
      'kong-authenticated': 'True',
    })
    expect((await lax.get('/9')).headers).toMatchObject({ 'cache-control': 'must-revalidate, no-cache, no-store' })
  })

  test('spare those who have the content already from getting it again', async () => {
    const { etag } = (await lax.get('/1')).headers
    const again = await lax.get('/1', { 'if-none-match': `"other", W/${etag}` })
    expect(again.statusCode).toBe(304)
    expect(again.body).toBe('')
    expect((await lax.get('/2', { 'if-none-match': String(etag) })).statusCode).toBe(200)
  })

  test('warn of a media type that will go', async () => {
    const { headers } = await lax.get('/1', { accept: 'application/vnd.elife.article-vor+json; version=7' })
    expect(headers['warning']).toBe('Deprecation: Support for this Content-Type version will be removed')
    expect(headers['content-type']).toBe('application/vnd.elife.article-vor+json; version=7')
  })
})

describe('an error', () => {
  test.for([
    '/9',
    '/1/versions/2',
    '/1/versions/0',
    '/9/versions',
    '/9/related',
    '/4',
    '/abc',
    '/1/',
    '/1/versions/99999999999999999999',
  ])('of %s is not found', async (path) => {
    const answer = await lax.get(path)
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toEqual({ title: 'not found' })
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
  })

  test('of a type that cannot be given is not acceptable', async () => {
    for (const path of ['', '/1', '/1/versions', '/1/versions/1', '/1/related']) {
      const answer = await lax.get(path, { accept: 'text/html' })
      expect(answer.statusCode).toBe(406)
      expect(answer.json()).toEqual({
        title: 'not acceptable',
        detail: 'could not negotiate an acceptable response type',
      })
    }
  })

  test('of a method that an address does not have names those that it has', async () => {
    const read = await lax.put('/1', {})
    expect([read.statusCode, read.headers['allow']]).toEqual([405, 'GET, HEAD'])
    const remove = await lax.app.inject({ method: 'DELETE', url: '/api/v2/articles/1/versions/1' })
    expect([remove.statusCode, remove.headers['allow']]).toEqual([405, 'GET, HEAD, PUT, POST'])
  })
})

test('HEAD answers where GET does', async () => {
  for (const path of ['', '/1', '/1/versions', '/1/versions/1', '/1/related']) {
    const answer = await lax.app.inject({ method: 'HEAD', url: `/api/v2/articles${path}` })
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
  }
})

test('zeros before a number do not count, and the id is the one that was given', async () => {
  expect((await lax.get('/0000001')).json()).toMatchObject({ id: '00001' })
})

test('a claim of rights without the credential shows nothing more', async () => {
  for (const headers of [
    { 'x-consumer-groups': 'view-unpublished-content' },
    { authorization: 'public' },
    { authorization: 'Bearer no' },
  ]) {
    expect((await lax.get('/4', headers)).statusCode).toBe(404)
  }
})

describe('the version lookup of the older API', () => {
  test('has published versions only, whatever the letter case of the DOI', async () => {
    const answer = await lookup('10.7554/elife.00003/version/')
    expect(answer.json()).toEqual({
      '1': expect.objectContaining({
        version: 1,
        status: 'vor',
        manuscript_id: '00003',
        datetime_published: '2012-02-01T00:00:00Z',
      }),
    })
    expect(Object.keys((await lookup('10.7554/eLife.00002/version')).json())).toEqual(['1', '2'])
  })

  test('does not find what is unknown or not public', async () => {
    for (const path of ['10.7554/eLife.00009/version/', '10.7554/eLife.00004/version/', '10.7554/eLife.00004']) {
      expect((await lookup(path)).statusCode).toBe(404)
    }
  })
})

test('the service says that it lives and that its database answers', async () => {
  expect((await lax.app.inject({ url: '/ping' })).body).toBe('pong')
  expect((await lax.app.inject({ url: '/status' })).json()).toMatchObject({
    status: 'ok',
    checks: { database: { ok: true } },
  })
})
