import { describe, expect, test } from 'vitest'
import { absent, realArticles, schemaErrors } from './api-schemas.fixture.ts'
import { startLax, type Lax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

const text = (words: string) => [
  { type: 'section', id: 's1', title: 'Results', content: [{ type: 'paragraph', text: words }] },
]
const search = (lax: Lax, query: string, headers: Record<string, string> = {}) =>
  lax.request('GET', `/api/v2/search?${query}`, undefined, headers)

async function publish(lax: Lax, article: Record<string, unknown>, run = 'run', query = '') {
  const path = `/${String(article['id'])}/versions/${String(Number(article['version'] ?? 1))}`
  expect((await lax.put(`${path}${query}`, { article, run })).statusCode).toBe(200)
  expect((await lax.post(`${path}${query}`, { run })).statusCode).toBe(200)
}

const cell = { id: 'cell-biology', name: 'Cell Biology' }
const neuro = { id: 'neuroscience', name: 'Neuroscience' }

async function withThree(lax: Lax) {
  await publish(
    lax,
    sampleArticle({
      id: '00353',
      title: 'Sleeping mice',
      body: text('We watched <i>axons</i> & dendrites.'),
      subjects: [cell, neuro],
    }),
  )
  await publish(
    lax,
    sampleArticle({
      id: '00354',
      title: 'Waking',
      published: '2014-05-01T00:00:00Z',
      body: text('All mice woke.'),
      subjects: [neuro],
      type: 'short-report',
    }),
  )
  await publish(
    lax,
    sampleArticle({ id: '00355', title: 'Worms', published: '2015-05-01T00:00:00Z', body: text('No rodents.') }),
  )
}

const ids = (reply: { json: () => { items: { id: string }[] } }) => reply.json().items.map(({ id }) => id)

describe('scenario 29: the search', () => {
  test('finds what is published by all of its words, the title first; a word of the markup is none', async () => {
    await using lax = await startLax()
    await withThree(lax)
    expect(ids(await search(lax, 'for=mice'))).toEqual(['00353', '00354'])
    expect(ids(await search(lax, 'for=axon%20mouse-mice'))).toEqual([])
    expect(ids(await search(lax, 'for=axon%20dendrites'))).toEqual(['00353'])
    expect(ids(await search(lax, 'for=paragraph'))).toEqual([])
    expect(ids(await search(lax, 'for=10.7554/eLife.00355'))).toEqual(['00355'])
    expect(ids(await search(lax, 'for=the'))).toHaveLength(3)
  })

  test('operators are text', async () => {
    await using lax = await startLax()
    await withThree(lax)
    for (const words of ["mice' | worms", 'mice & !axons', 'mice:*', '"mice', '(((', '\\', 'mice <-> woke']) {
      const reply = await search(lax, `for=${encodeURIComponent(words)}`)
      expect([words, reply.statusCode]).toEqual([words, 200])
      if (/\w/.test(words)) expect(ids(reply)).not.toContain('00355')
    }
  })

  test('facets are counted after words and dates, and before subjects and types are chosen', async () => {
    await using lax = await startLax()
    await withThree(lax)
    const reply = (await search(lax, 'for=mice&subject[]=cell-biology&type[]=research-article&type[]=insight')).json()
    expect(reply).toMatchObject({ total: 1, items: [{ id: '00353' }] })
    expect(reply.subjects).toEqual([
      { ...cell, results: 1 },
      { ...neuro, results: 2 },
    ])
    expect(reply.types).toMatchObject({ 'research-article': 1, 'short-report': 1, editorial: 0, 'podcast-episode': 0 })
    const dated = (await search(lax, 'start-date=2014-05-01&end-date=2014-05-01&use-date=published')).json()
    expect(dated).toMatchObject({ total: 1, subjects: [{ ...neuro, results: 1 }], types: { 'research-article': 0 } })
  })

  test('sorts by date, in pages of 20, and refuses what is wrong', async () => {
    await using lax = await startLax()
    await withThree(lax)
    expect(ids(await search(lax, 'sort=date'))).toEqual(['00355', '00354', '00353'])
    expect(ids(await search(lax, 'sort=date&order=asc&per-page=2'))).toEqual(['00353', '00354'])
    expect(ids(await search(lax, 'sort=date&order=asc&per-page=2&page=2'))).toEqual(['00355'])
    const beyond = await search(lax, 'page=3')
    expect([beyond.statusCode, beyond.json().detail]).toEqual([404, 'No page 3'])
    expect((await search(lax, 'for=nothing-like-it')).json()).toMatchObject({ total: 0, items: [] })
    for (const query of [
      'page=0',
      'per-page=101',
      'page=101&per-page=100',
      'start-date=2017-02-30',
      'start-date=2017-02-02&end-date=2017-02-01',
      'sort=size',
      'use-date=x',
    ]) {
      expect([query, (await search(lax, query)).statusCode]).toEqual([query, 400])
    }
  })

  test('unpublished words find nothing, even for the pipeline; publication shows at once; a correction shows the new words only', async () => {
    await using lax = await startLax()
    const { authorization } = lax
    const article = sampleArticle({ body: text('Old words about zebrafish.') })
    await lax.put('/00353/versions/1', { article, run: 'run' })
    for (const headers of [{}, { authorization }]) expect(ids(await search(lax, 'for=zebrafish', headers))).toEqual([])
    await lax.post('/00353/versions/1', { run: 'run' })
    expect(ids(await search(lax, 'for=zebrafish'))).toEqual(['00353'])
    const corrected = sampleArticle({ body: text('New words about medaka.') })
    await lax.put('/00353/versions/1?force=true&hold=true', { article: corrected, run: 'second' })
    expect(ids(await search(lax, 'for=medaka'))).toEqual([])
    await lax.post('/00353/versions/1?force=true', { run: 'second' })
    expect([ids(await search(lax, 'for=medaka')), ids(await search(lax, 'for=zebrafish'))]).toEqual([['00353'], []])
  })

  test('what readers do not see yet leaves the words as they are; what they see again brings them back', async () => {
    await using lax = await startLax()
    await publish(lax, sampleArticle({ body: text('Old words about zebrafish.') }))
    const written = async () => [...(await lax.sql`select xmin::text, article from search`)]
    const first = await written()
    const second = sampleArticle({ version: 2, body: text('New words about medaka.') })
    for (const run of ['second', 'third']) await lax.put('/00353/versions/2', { article: second, run })
    expect(await written()).toEqual(first)
    await lax.post('/00353/versions/2', { run: 'third' })
    expect([ids(await search(lax, 'for=medaka')), ids(await search(lax, 'for=zebrafish'))]).toEqual([['00353'], []])
    await lax.put('/00353/withdrawal', { who: 'The editor', why: 'By mistake.' })
    expect(await written()).toEqual([])
    await lax.request('DELETE', '/api/v2/articles/00353/withdrawal', { who: 'The editor' })
    expect(ids(await search(lax, 'for=medaka'))).toEqual(['00353'])
  })

  test('subjects are those of published articles', async () => {
    await using lax = await startLax()
    await withThree(lax)
    expect((await lax.request('GET', '/api/v2/subjects', undefined, {})).json()).toEqual({
      total: 2,
      items: [
        { ...cell, articles: 1 },
        { ...neuro, articles: 2 },
      ],
    })
    const one = async (id: string) => {
      const reply = await lax.request('GET', `/api/v2/subjects/${id}`, undefined, {})
      return [reply.statusCode, reply.json()]
    }
    expect(await one(neuro.id)).toEqual([200, { ...neuro, articles: 2 }])
    expect(await one('botany')).toEqual([404, expect.objectContaining({ title: 'not found' })])
  })

  test.skipIf(absent)(
    'answers about real articles are valid by the schema of the public API',
    { timeout: 120_000 },
    async () => {
      await using lax = await startLax()
      const articles = realArticles().filter(({ version }) => version === 1)
      for (const article of articles.slice(0, 8)) {
        const path = `/${article.id}/versions/1`
        await lax.put(path, { article, run: 'run' })
        await lax.post(path, { run: 'run' })
      }
      const reply = await search(lax, '', { accept: 'application/vnd.elife.search+json; version=2' })
      expect([reply.statusCode, reply.headers['content-type']]).toEqual([
        200,
        'application/vnd.elife.search+json; version=2',
      ])
      expect(reply.json().total).toBeGreaterThan(3)
      expect(schemaErrors('search.v2', reply.json())).toEqual([])
    },
  )
})
