import { describe, expect, test } from 'vitest'
import { startLax, type Lax } from './lax.fixture.ts'
import { sampleArticle, section } from './rules/samples.fixture.ts'

/** Fragments over HTTP: parts of article JSON that are merged into every version of their article. */

const path = (name = 'image', id = '353') => `/api/v2/articles/${id}/fragments/${name}`
const image = {
  image: {
    thumbnail: {
      uri: 'https://iiif.example.org/1',
      alt: '',
      source: { mediaType: 'image/jpeg', uri: 'https://iiif.example.org/1.jpg', filename: '1.jpg' },
      size: { width: 10, height: 10 },
    },
  },
}

async function startWithVersions(): Promise<Lax> {
  const lax = await startLax()
  for (const version of [1, 2]) {
    const run = `run-${version}`
    await lax.put(`/353/versions/${version}`, { article: sampleArticle({ version }), run })
    await lax.post(`/353/versions/${version}`, { run })
  }
  await lax.put('/353/versions/3', { article: sampleArticle({ version: 3 }), run: 'run-3' })
  return lax
}

const seen = async (lax: Lax, address: string) => (await lax.get(address, { authorization: lax.authorization })).json()

test('a fragment is answered, and merged into all versions and what lists show', async () => {
  await using lax = await startWithVersions()
  const before = await seen(lax, '/353')
  const answer = await lax.request('POST', path(), image)
  expect([answer.statusCode, answer.json()]).toEqual([200, image])
  for (const version of [1, 2, 3]) expect(await seen(lax, `/353/versions/${version}`)).toMatchObject(image)
  const list = await lax.get('')
  expect([list.statusCode, list.json()]).toMatchObject([200, { items: [image] }])
  expect(await seen(lax, '/353')).toEqual({ ...before, ...image })
})

test('nested objects merge deeply, other values are replaced; unknown keys and any script survive', async () => {
  await using lax = await startWithVersions()
  await lax.request('POST', path('one'), {
    copyright: { statement: 'Frei verfügbar 自由' },
    extra: { a: { b: 1 }, list: [1] },
  })
  await lax.request('POST', path('two'), { extra: { a: { c: 2 }, list: [2] } })
  expect(await seen(lax, '/353')).toMatchObject({
    copyright: { license: 'CC-BY-3.0', holder: 'Researcher', statement: 'Frei verfügbar 自由' },
    extra: { a: { b: 1, c: 2 }, list: [2] },
  })
})

test('a fragment that is replaced keeps its place in the order', async () => {
  await using lax = await startWithVersions()
  await lax.request('POST', path('first'), { title: 'Of the first' })
  await lax.request('POST', path('second'), { title: 'Of the second' })
  await lax.request('POST', path('first'), { title: 'Replaced' })
  expect(await seen(lax, '/353')).toMatchObject({ title: 'Of the second' })
  await lax.request('DELETE', path('second'))
  expect(await seen(lax, '/353')).toMatchObject({ title: 'Replaced' })
})

test('a fragment that is deleted leaves the article as it was delivered', async () => {
  await using lax = await startWithVersions()
  const before = await seen(lax, '/353')
  await lax.request('POST', path(), image)
  const answer = await lax.request('DELETE', path())
  expect([answer.statusCode, answer.json()]).toEqual([200, { image: 'deleted' }])
  expect(await seen(lax, '/353')).toEqual(before)
  expect((await lax.request('DELETE', path())).statusCode).toBe(404)
})

test('a delivery that comes later is merged with the fragments that are there', async () => {
  await using lax = await startWithVersions()
  await lax.request('POST', path(), image)
  await lax.put('/353/versions/3', { article: sampleArticle({ version: 3, title: 'Anew' }), run: 'run-4' })
  expect(await seen(lax, '/353')).toMatchObject({ title: 'Anew', ...image })
  await lax.request('DELETE', path())
  expect(await seen(lax, '/353')).not.toHaveProperty('image')
})

test('what the store says of dates and stages no fragment changes', async () => {
  await using lax = await startWithVersions()
  await lax.request('POST', path('dates'), { published: '1999-01-01T00:00:00Z', stage: 'preview' })
  expect(await seen(lax, '/353/versions/1')).toMatchObject({ published: '2012-12-13T00:00:00Z', stage: 'published' })
})

describe('a fragment is refused', () => {
  const anonymous = {}
  test.for<[string, status: number, body: object, name: string, payload: unknown, headers?: Record<string, string>]>([
    ['without the token', 403, { title: 'not authenticated' }, 'image', image, anonymous],
    ['of the protected name', 400, { title: 'bad request', detail: 'that key is protected' }, 'xml-%3Ejson', image],
    ['that is a list', 400, { title: 'bad request', detail: 'all fragments must be a dictionary' }, 'image', '[1]'],
    [
      'that is no JSON',
      400,
      { title: 'refused: bad data', detail: 'that fragment cannot be read and has been refused' },
      'image',
      '{"a"',
    ],
    [
      'that is empty',
      400,
      { title: 'refused: bad data', detail: 'that fragment is invalid and has been refused' },
      'image',
      {},
    ],
    [
      'that makes the article invalid',
      400,
      {
        title: 'refused: bad data',
        detail:
          'that fragment creates invalid article-json. refused: version 1: (error 1 of 1) /title must be string, but is 5',
        problems: [{ place: '/title', expected: 'string', found: '5' }],
      },
      'image',
      { title: 5 },
    ],
    ['that makes it another article', 400, { title: 'refused: bad data' }, 'image', { id: '00354' }],
    ['of a short name', 404, { title: 'not found' }, 'ab', image],
    ['of another article', 404, { title: 'not found' }, '../../9/fragments/image', image],
    [
      'that is called text',
      415,
      { title: "refused: unsupported data. content-type must be 'application/json'" },
      'image',
      'a',
      { 'content-type': 'text/plain' },
    ],
  ])('%s', async ([, status, body, name, payload, headers]) => {
    await using lax = await startWithVersions()
    const before = await seen(lax, '/353')
    const answer = await lax.request(
      'POST',
      new URL(path(name), 'http://x').pathname,
      payload,
      headers === anonymous ? {} : { authorization: lax.authorization, ...headers },
    )
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject(body)
    expect(await seen(lax, '/353')).toEqual(before)
  })

  test('when a version would be invalid without it', async () => {
    await using lax = await startWithVersions()
    await lax.request('POST', path('byline'), { authorLine: 'A, B', authors: [person] })
    await lax.request('POST', path('editors'), { authors: [person] })
    await lax.sql`update fragment set object = '{"authors":[]}' where name = 'editors'`
    const answer = await lax.request('DELETE', path('byline'))
    expect([answer.statusCode, answer.json().title]).toEqual([400, 'refused: bad data'])
    expect(await seen(lax, '/353')).toMatchObject({ authorLine: 'A, B' })
  })

  test('when a delivery does not fit it: the delivery is refused', async () => {
    await using lax = await startWithVersions()
    await lax.request('POST', path('byline'), { authorLine: 'A', authors: [person] })
    const article = sampleArticle({
      version: 3,
      authorLine: 'B',
      authors: [person],
      body: [{ ...section, title: undefined }],
    })
    expect((await lax.put('/353/versions/3', { article, run: 'r' })).statusCode).toBe(400)
    await lax.sql`update fragment set object = '{"title":5}'`
    const forced = await lax.put('/353/versions/3?force=true', {
      article: sampleArticle({ version: 3, volume: 2 }),
      run: 'r',
    })
    expect(forced.json()).toMatchObject({
      code: 'invalid-article-json',
      message: expect.stringMatching(/^this article failed to merge it's fragments into a valid result .*\/title/),
    })
  })
})

const person = { type: 'person', name: { preferred: 'A B', index: 'B, A' } }

test('the address of a fragment cannot be read', async () => {
  await using lax = await startWithVersions()
  const answer = await lax.request('GET', path())
  expect([answer.statusCode, answer.headers['allow'], answer.body]).toEqual([405, 'POST, DELETE', ''])
})
