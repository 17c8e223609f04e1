import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { createLogger } from '@continuum/service'
import { identityOf, type UsageHit } from '@continuum/usage'
import { describe, expect, test, vi } from 'vitest'
import { sampleArticle, sampleEif } from './editions/samples.fixture.ts'
import { startSite } from './site.fixture.ts'
import { createNumbersSource } from './usage/article-numbers.ts'
import type { DayKeys } from './usage/day-keys.ts'
import { fillIn, numbersMark } from './usage/fill-in.ts'
import { createUsageCounter } from './usage/usage-counter.ts'

const logger = createLogger({ service: 'journal', level: 'silent' })
const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0' }
const key = randomBytes(32)
const known: DayKeys = { of: () => key, stateOf: () => 'known', fetchFor: async () => undefined }

/** A site with a published article, whose hits the test receives. */
async function startCountedSite(options: { counts?: boolean; keys?: DayKeys; fails?: () => boolean } = {}) {
  const sent: UsageHit[] = []
  const counter = createUsageCounter({
    counts: options.counts ?? true,
    keys: options.keys ?? known,
    send: async (hits) => {
      if (options.fails?.()) throw new Error('the queue is down')
      sent.push(...hits)
    },
    now: () => Temporal.Instant.from('2016-10-05T12:00:00Z'),
    logger,
    everyMilliseconds: 1_000_000,
  })
  const site = await startSite({
    usage: { counter, numbers: { ask: () => undefined, known: () => undefined } },
    publishedFiles: {
      find: async (name, range) => ({
        content: Readable.from([Buffer.from(`%PDF of ${name}`)]),
        length: undefined,
        etag: '"1"',
        range: range && 'bytes 0-0/9',
      }),
    },
  })
  const article = sampleArticle({
    pdf: 'https://cdn.example/00353/elife-00353-v1.pdf',
    xml: 'https://cdn.example/00353/elife-00353-v1.xml',
  })
  site.stored.published['00353v1'] = article
  site.stored.everything['00353v1'] = article
  await site.post('/api/article.json', sampleEif())
  await site.put('/api/publish/00353.1.json', { publish: true })
  return { site, sent, counter, [Symbol.asyncDispose]: () => site[Symbol.asyncDispose]() }
}

test('a site whose requests are counted of the logs of its CDN counts none itself, and answers as ever', async () => {
  await using counted = await startCountedSite({ counts: false })
  const { site, sent, counter } = counted
  expect((await site.get('/articles/00353', firefox)).statusCode).toBe(200)
  expect((await site.get('/articles/00353v1.pdf', firefox)).statusCode).toBe(200)
  await counter.flush()
  expect(sent).toEqual([])
})

describe('scenario 6: what counts', () => {
  test('a page and the PDF that a reader gets; they say neither address nor browser', async () => {
    await using counted = await startCountedSite()
    const { site, sent, counter } = counted
    expect((await site.get('/articles/00353', firefox)).statusCode).toBe(200)
    const pdf = await site.get('/articles/00353v1.pdf', firefox)
    expect([pdf.statusCode, pdf.headers['content-type'], pdf.body]).toEqual([
      200,
      'application/pdf',
      '%PDF of 00353/elife-00353-v1.pdf',
    ])
    expect((await site.get('/articles/00353.xml', firefox)).headers['content-type']).toBe('application/xml')
    await counter.flush()
    const user = identityOf(key, { address: '127.0.0.1', userAgent: firefox['user-agent'] })
    expect(sent).toMatchObject([
      { article: '00353', use: 'full', link: 'localhost:80/articles/00353', user, at: '2016-10-05T12:00:00.000Z' },
      { article: '00353', use: 'pdf', link: 'localhost:80/articles/00353v1.pdf', user },
      { article: '00353', use: 'xml', link: 'localhost:80/articles/00353.xml', user },
    ])
    expect(JSON.stringify(sent)).not.toMatch(/127\.0\.0\.1|Firefox/)
  })

  test('no other request does: HEAD, ranges, redirects, 404, prefetch, previews, credentials, robots, lists, files', async () => {
    await using counted = await startCountedSite()
    const { site, sent, counter } = counted
    await site.app.inject({ method: 'HEAD', url: '/articles/00353', headers: firefox })
    for (const [url, headers] of [
      ['/articles/353', {}],
      ['/articles/00354', {}],
      ['/articles/00353v1.pdf', { range: 'bytes=0-0' }],
      ['/articles/00353v1.pdf', { 'if-none-match': '"1"', 'sec-purpose': 'prefetch' }],
      ['/articles/00353', { purpose: 'prefetch' }],
      ['/articles/00353', { 'sec-purpose': 'prefetch;prerender' }],
      ['/articles/00353', { authorization: 'Bearer x' }],
      ['/articles/00353', { cookie: 'continuum-preview=x' }],
      [`/articles/00353v1${site.previewOf('00353', 1)}`, {}],
      ['/', {}],
      ['/assets/style.css', {}],
    ] as const) {
      await site.get(url, { ...firefox, ...headers })
    }
    for (const agent of ['Googlebot/2.1', 'curl/8.5', 'node', 'ELB-HealthChecker/2.0', '']) {
      await site.get('/articles/00353', { 'user-agent': agent })
    }
    await counter.flush()
    expect(sent).toEqual([])
  })

  test('a page without its text is an abstract', async () => {
    await using counted = await startCountedSite()
    const { site, sent, counter } = counted
    site.stored.published['00353v1'] = sampleArticle({ status: 'poa' })
    await site.get('/articles/00353v1', firefox)
    await counter.flush()
    expect(sent).toMatchObject([{ use: 'abstract' }])
  })
})

describe('scenario 11: outages', () => {
  test('while the queue is down pages go on, and what waits is sent once when it is up', async () => {
    let down = true
    await using counted = await startCountedSite({ fails: () => down })
    const { site, sent, counter } = counted
    for (const _ of [1, 2, 3]) expect((await site.get('/articles/00353', firefox)).statusCode).toBe(200)
    await counter.flush()
    expect(sent).toEqual([])
    down = false
    await counter.flush()
    await counter.flush()
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(3)
  })

  test('while the key of the day is not known, hits wait; when the day is closed they are given up', async () => {
    let state: 'unknown' | 'closed' | 'known' = 'unknown'
    const keys: DayKeys = {
      of: () => (state === 'known' ? key : undefined),
      stateOf: () => state,
      fetchFor: async () => undefined,
    }
    await using counted = await startCountedSite({ keys })
    const { site, sent, counter } = counted
    await site.get('/articles/00353', firefox)
    await counter.flush()
    expect(sent).toEqual([])
    state = 'known'
    await counter.flush()
    expect(sent).toHaveLength(1)
    state = 'closed'
    await site.get('/articles/00353', firefox)
    await counter.flush()
    state = 'known'
    await counter.flush()
    expect(sent).toHaveLength(1)
  })
})

describe('scenario 36: numbers on the page', () => {
  test('views, downloads and citations are filled in; a number of 0 is left out', async () => {
    await using counted = await startCountedSite()
    const { site } = counted
    await using shown = await startSite()
    shown.stored.published['00353v1'] = sampleArticle()
    await shown.post('/api/article.json', sampleEif())
    await shown.put('/api/publish/00353.1.json', { publish: true })
    shown.numbers['00353'] = { views: 1234, citations: 1 }
    const page = (await shown.get('/articles/00353')).body
    expect(page).toContain('<li class="number">1,234 views</li><li class="number">1 citation</li>')
    expect(page).not.toMatch(/downloads?<\/li>/)
    expect(page).not.toContain(numbersMark)
    void site
  })

  test('a page of bytes is filled in like one of text', () => {
    const page = `<ul>ä${numbersMark}</ul>`
    expect(fillIn(Buffer.from(page), { views: 1 }).toString()).toBe('<ul>ä<li class="number">1 view</li></ul>')
    expect(fillIn(page, undefined)).toBe('<ul>ä</ul>')
  })

  test('with the usage counter down, or slow, a page has none and does not wait', async () => {
    const answers: (() => void)[] = []
    const slow = createServer((_, response) => void answers.push(() => response.end('{}'))).listen(0, '127.0.0.1')
    await once(slow, 'listening')
    const { port } = Object(slow.address())
    for (const address of ['http://127.0.0.1:9', `http://127.0.0.1:${port}`]) {
      const numbers = createNumbersSource(address)
      const began = performance.now()
      numbers.ask('00353')
      expect(numbers.known('00353')).toBeUndefined()
      expect(performance.now() - began).toBeLessThan(900)
    }
    for (const answer of answers) answer()
    slow.closeAllConnections()
    slow.close()
  })

  test('they are asked for once in five minutes; the highest service counts', async () => {
    let asked = 0
    const counter = createServer((request, response) => {
      asked++
      const body = request.url?.endsWith('/summary')
        ? { total: 1, items: [{ id: 353, views: 7, downloads: 0, crossref: 1, pubmed: 0, scopus: 0 }] }
        : [{ citations: 3 }, { citations: 9 }]
      response.end(JSON.stringify(body))
    }).listen(0, '127.0.0.1')
    await once(counter, 'listening')
    const { port } = Object(counter.address())
    const numbers = createNumbersSource(`http://127.0.0.1:${port}`)
    numbers.ask('00353')
    await vi.waitFor(() => expect(numbers.known('00353')).toEqual({ views: 7, citations: 9 }), 5000)
    numbers.ask('00353')
    expect(asked).toBe(2)
    counter.close()
  })
})
