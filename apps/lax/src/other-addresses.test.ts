import { journalsOf } from '@continuum/article'
import { describe, expect, test } from 'vitest'
import { startLax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

/** Answers beside those of the article API itself: methods, origins, the first API, articles of other journals. */

async function startWithTwo() {
  const lax = await startLax()
  for (const [id, more] of [
    ['00001', { status: 'poa', body: undefined }],
    ['00002', { type: 'insight' }],
  ] as const) {
    await lax.put(`/${id}/versions/1`, { article: sampleArticle({ id, ...more }), run: 'r' })
    await lax.post(`/${id}/versions/1`, { run: 'r' })
  }
  await lax.put('/00001/versions/2', { article: sampleArticle({ id: '00001', version: 2 }), run: 'r' })
  return lax
}

test('every answer says whether the credential was taken, errors too', async () => {
  await using lax = await startWithTwo()
  for (const [method, url] of [
    ['GET', '/api/v2/articles'],
    ['GET', '/api/v2/articles?page=0'],
    ['GET', '/api/v2/articles/9'],
    ['GET', '/api/v2/articles/1/'],
    ['GET', '/api/nowhere'],
    ['GET', '/nowhere'],
    ['DELETE', '/api/v2/articles'],
    ['PUT', '/api/v2/articles/1/versions/1'],
    ['POST', '/api/v2/articles/1/fragments/abc'],
    ['GET', '/api/v1/article/10.7554/eLife.00001/version/'],
    ['GET', '/rss/articles/poa/last-7-days/'],
    ['GET', '/ping'],
  ] as const) {
    expect((await lax.request(method, url, undefined, {})).headers['kong-authenticated'], url).toBe('False')
    expect((await lax.request(method, url)).headers['kong-authenticated'], url).toBe('True')
  }
})

describe('pages of any origin', () => {
  test('may read', async () => {
    await using lax = await startWithTwo()
    for (const path of ['', '/1', '/9']) expect((await lax.get(path)).headers['access-control-allow-origin']).toBe('*')
  })

  test.for([
    ['', 'GET, HEAD, OPTIONS'],
    ['/1', 'GET, HEAD, OPTIONS'],
    ['/1/versions', 'GET, HEAD, OPTIONS'],
    ['/1/versions/1', 'GET, HEAD, PUT, POST, OPTIONS'],
    ['/1/related', 'GET, HEAD, OPTIONS'],
    ['/1/fragments/abc', 'POST, DELETE, OPTIONS'],
  ])('are told what %s takes', async ([path, methods]) => {
    await using lax = await startLax()
    const answer = await lax.request('OPTIONS', `/api/v2/articles${path}`, undefined, { origin: 'https://x.org' })
    expect(answer.statusCode).toBe(204)
    expect(answer.headers).toMatchObject({
      allow: methods,
      'access-control-allow-methods': methods,
      'access-control-allow-origin': '*',
      'access-control-allow-headers': expect.stringContaining('Authorization'),
    })
  })
})

describe('the first API', () => {
  test('has a published version, or the newest one', async () => {
    await using lax = await startWithTwo()
    const flat = expect.objectContaining({
      version: 1,
      status: 'poa',
      manuscript_id: '00001',
      doi: '10.7554/eLife.00001',
    })
    for (const url of [
      '/api/v1/article/10.7554/ELIFE.00001/',
      '/api/v1/article/10.7554/eLife.00001/version/1/',
      '/api/v1/article/1/version/1',
      '/proxy/lax/api/v1/article/10.7554/eLife.00001',
    ]) {
      expect((await lax.request('GET', url, undefined, {})).json(), url).toEqual(flat)
    }
  })

  test('does not know what is not public', async () => {
    await using lax = await startWithTwo()
    for (const url of ['10.7554/eLife.00001/version/2/', '10.7554/eLife.00009/', '10.7554/eLife.00001/elsewhere/']) {
      expect((await lax.request('GET', `/api/v1/article/${url}`)).statusCode, url).toBe(404)
    }
  })

  test('counts what is public', async () => {
    await using lax = await startWithTwo()
    expect((await lax.request('GET', '/api/v1/corpus/info/')).json()).toEqual({
      'article-count': 2,
      'research-article-count': 1,
    })
  })

  test.for<['GET' | 'POST', string]>([
    ['GET', '/rss/articles/poa+vor/last-28-days/'],
    ['GET', '/rss/articles/eLife.00001,eLife.00002'],
    ['GET', '/reports/published.csv'],
    ['GET', '/reports/time-to-publication.csv'],
    ['POST', '/api/v1/article/create-update/'],
    ['POST', '/api/v1/article/create/'],
    ['POST', '/api/v1/article/update/'],
    ['GET', '/api/v1/article/10.7554/eLife.00001/attribute/title/'],
    ['POST', '/api/v1/article/10.7554/eLife.00001/attribute/'],
    ['POST', '/api/v1/article/10.7554/eLife.00001/version/1/correction/'],
  ])('15: %s %s is gone, and says what took its place', async ([method, url]) => {
    await using lax = await startLax()
    const answer = await lax.request(method, url, method === 'POST' ? {} : undefined)
    expect(answer.statusCode).toBe(410)
    expect(answer.json()).toEqual({ title: 'gone', detail: expect.stringMatching(/\w/) })
  })
})

describe("an article of a journal that the public API's types cannot say", () => {
  const five = { publisher: 'P', issn: '1234-5679' }
  const journals = journalsOf([
    { ...five, name: 'eLife', prefix: 'elife', doiPrefix: '10.7554/eLife.', default: true, publicApi: true },
    { ...five, name: 'IJM', prefix: 'ijm', doiPrefix: '10.34196/ijm.' },
  ])
  const list = 'application/vnd.elife.article-list+json; version=1'

  test('is JSON to those who name none of them, and nothing to others', async () => {
    await using lax = await startLax(undefined, journals)
    const ours = { doi: '10.34196/ijm.00002', volume: '12A', elocationId: undefined }
    for (const article of [sampleArticle({ id: '00001' }), sampleArticle({ id: 'ijm-00002', ...ours })]) {
      const path = `/${String(article['id'])}/versions/1`
      expect((await lax.put(path, { article, run: 'r' })).statusCode).toBe(200)
      await lax.post(path, { run: 'r' })
    }
    const vor = 'application/vnd.elife.article-vor+json; version=8'
    const [open, named] = [await lax.get('/ijm-00002'), await lax.get('/ijm-00002', { accept: vor })]
    expect([open.statusCode, open.headers['content-type'], open.json().volume]).toEqual([
      200,
      'application/json',
      '12A',
    ])
    expect(named.statusCode).toBe(406)

    const [all, some] = [await lax.get(''), await lax.get('', { accept: list })]
    expect([all.headers['content-type'], all.json().total]).toEqual(['application/json', 2])
    expect([some.headers['content-type'], some.json().total]).toEqual([list, 1])
    const history = 'application/vnd.elife.article-history+json; version=2'
    expect((await lax.get('/ijm-00002/versions')).headers['content-type']).toBe('application/json')
    expect((await lax.get('/ijm-00002/versions', { accept: history })).statusCode).toBe(406)
    expect((await lax.get('/00001/versions', { accept: history })).statusCode).toBe(200)
  })
})
