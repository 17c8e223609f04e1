import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ArticleStoreError } from './site/article-store.ts'
import { pageFaults, readPage } from './article/page.fixture.ts'
import { cdnUrl, journal, sampleArticle, sampleEif, secondJournal } from './editions/samples.fixture.ts'
import { startSite, type SiteUnderTest } from './site.fixture.ts'

/** The pages of readers, over HTTP. The sections of an article have their own tests. */

async function publish(site: SiteUnderTest, more: Parameters<typeof sampleEif>[0] = {}) {
  const eif = sampleEif({ publish: true, ...more })
  expect((await site.post('/api/article.json', eif)).statusCode).toBe(200)
  const { 'article-id': id, version, title } = eif
  site.stored.published[`${id}v${version}`] = sampleArticle({ id, version, title })
}

test('the home page lists the newest versions of articles, latest first', async () => {
  await using site = await startSite()
  expect((await site.get('/')).body).toContain('No articles have been published yet')
  await publish(site, {
    'pub-date': '2012-12-13T00:00:00Z',
    'impact-statement': 'It <italic>matters</italic>',
    contributors: [
      { type: 'author', surname: 'Marder', 'given-names': 'Eve' },
      { type: 'editor', surname: 'Other' },
    ],
    categories: { 'display-channel': ['Feature article'], heading: ['Neuroscience'] },
  })
  await publish(site, { 'article-id': '00288', 'pub-date': '2013-01-01T00:00:00Z', title: 'Later' })
  await publish(site, { 'article-id': '00288', version: 2, update: '2014-01-01T00:00:00Z', title: 'Later again' })
  await site.post('/api/article.json', sampleEif({ 'article-id': '00999', title: 'Not yet' }))
  const answer = await site.get('/')
  const page = readPage(answer.body)
  expect(page.text('h3')).toEqual(['Later again', 'A good life'])
  expect(answer.body).not.toContain('Not yet')
  for (const words of ['It <i>matters</i>', 'Eve Marder', 'Feature article', 'Neuroscience', '13 December 2012'])
    expect(answer.body).toContain(words)
  expect(pageFaults(answer.body)).toEqual([])
  expect(page.attribute('a', 'href')).toContain('/articles/00288')
})

test('a publication date that is a month or a year is shown as such, in the list and on the page', async () => {
  await using site = await startSite()
  await publish(site, { 'pub-date': '2026-04-01T00:00:00Z', 'publication-date': '2026-04' })
  await publish(site, { 'article-id': '00007', 'pub-date': '1998-01-01T00:00:00Z', 'publication-date': '1998' })
  const home = (await site.get('/')).body
  expect(home).toContain('<time datetime="2026-04">April 2026</time')
  expect(home).toContain('<time datetime="1998">1998</time')
  const page = await site.get('/articles/00353')
  expect(page.body).toContain('Published <time datetime="2026-04">April 2026</time>')
  expect(readPage(page.body).attribute('meta', 'content')).toContain('2026/04')
  expect(page.body).not.toMatch(/\b1 April/)
  expect(pageFaults(page.body)).toEqual([])
})

test('of several journals each article names its own, in the list and on its page', async () => {
  await using site = await startSite({ journals: [journal, secondJournal] })
  await publish(site)
  await publish(site, {
    'article-id': 'second-00353',
    doi: '10.5555/second.00353',
    title: 'Another',
    path: 'content/x',
  })
  const home = (await site.get('/')).body
  expect(readPage(home).attribute('a', 'href')).toContain('/articles/second-00353')
  expect(readPage(home).text('footer')).toEqual(['The Journal'])
  expect(
    readPage(home)
      .text('p')
      .filter((text) => text.includes(' · ')),
  ).toEqual([expect.stringContaining('The Second Journal'), expect.stringContaining('eLife')])
  const page = readPage((await site.get('/articles/second-00353')).body)
  expect(page.text('li')).toContain('The Second Journal')
  expect(page.text('footer')).toEqual(['The Second Journal, published by Second Press. ISSN 1234-5679'])
  expect(readPage((await site.get('/articles/00353')).body).text('footer')).toEqual([
    'eLife, published by A Publisher. ISSN 2050-084X',
  ])
})

test('the home page goes on to older articles', async () => {
  await using site = await startSite()
  for (let number = 1; number <= 21; number++) await publish(site, { 'article-id': String(number).padStart(5, '0') })
  const [first, second] = [readPage((await site.get('/')).body), readPage((await site.get('/?page=2')).body)]
  expect([first.named('article').length, second.named('article').length]).toEqual([20, 1])
  expect(first.attribute('a', 'href')).toContain('/?page=2')
  for (const path of ['/?page=3', '/?page=0', '/?page=x']) expect((await site.get(path)).statusCode).toBe(404)
})

describe('the page of an article', () => {
  test('is that of the newest published version; each version has its own', async () => {
    await using site = await startSite()
    await publish(site)
    await publish(site, { version: 2, title: 'A better life' })
    await site.post('/api/article.json', sampleEif({ version: 3, title: 'Not yet' }))
    expect(readPage((await site.get('/articles/00353')).body).text('h1')).toEqual(['A better life'])
    const old = await site.get('/articles/00353v1')
    expect(readPage(old.body).text('h1')).toEqual(['A good life'])
    expect(readPage(old.body).text('p')).toContain('This is version 1. Version 2 is the newest.')
    expect((await site.get('/articles/00353v3')).statusCode).toBe(404)
  })

  test('has one address for a number, however many zeros are before it', async () => {
    await using site = await startSite()
    await publish(site)
    const answer = await site.get('/articles/353v1')
    expect([answer.statusCode, answer.headers['location']]).toEqual([302, '/articles/00353v1'])
  })

  test('is found at the addresses of the first website, with the query kept', async () => {
    await using site = await startSite()
    const to = async (path: string) => (await site.get(path)).headers['location']
    expect(await to('/content/1/e00353v1?preview=x.y')).toBe('/articles/00353v1?preview=x.y')
    expect(await to('/content/1/e00353')).toBe('/articles/00353')
    expect(await to('/content/1/e00353v1/figure1')).toBe('/articles/00353v1')
    expect(await to('/content/1/e00353v1.pdf')).toBe('/articles/00353v1.pdf')
    expect(await to('/content/1/e00353.xml?x=1')).toBe('/articles/00353.xml?x=1')
    expect(await to('/content/00353v1.pdf')).toBe('/articles/00353v1.pdf')
    for (const path of ['/content/1/nonsense', '/content/1/e00353v1.exe', '/content/1/.pdf'])
      expect([path, (await site.get(path)).statusCode]).toEqual([path, 404])
  })

  test('shows what the article store publishes, not what waits there', async () => {
    await using site = await startSite()
    await publish(site)
    site.stored.everything['00353v1'] = sampleArticle({ title: 'Held' })
    expect((await site.get('/articles/00353')).body).not.toContain('Held')
  })

  test('shows the text in the moment before the article store publishes it too, if it is of the same run', async () => {
    await using site = await startSite()
    const headers = { ...site.pipeline, 'x-continuum-run': 'approved' }
    await site.post('/api/article.json', sampleEif({ publish: true }), headers)
    site.stored.everything['00353v1'] = sampleArticle()
    site.stored.run = 'approved'
    expect((await site.get('/articles/00353')).body).toContain('The text.')
    site.stored.run = 'newer, and not approved'
    site.passSecond()
    expect((await site.get('/articles/00353')).body).not.toContain('The text.')
  })

  test('shows what the posted document tells where the article store knows nothing', async () => {
    await using site = await startSite()
    await publish(site, { contributors: [{ type: 'author', surname: 'Marder', 'given-names': 'Eve' }] })
    site.stored.published = {}
    const { body, statusCode } = await site.get('/articles/00353')
    expect(statusCode).toBe(200)
    expect(pageFaults(body)).toEqual([])
    expect(body).toContain('Eve Marder')
  })

  test('says so where the article store does not answer', async () => {
    const fail = async () => {
      throw new ArticleStoreError('gone')
    }
    await using site = await startSite({
      articleStore: { version: fail, history: fail, related: fail, search: fail, check: fail },
    })
    await publish(site)
    const answer = await site.get('/articles/00353')
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([503, 'private, no-store'])
    expect((await site.get('/')).statusCode).toBe(200)
    expect((await site.app.inject('/status')).statusCode).toBe(503)
  })
})

test('what is not there is a page that says so', async () => {
  await using site = await startSite()
  for (const path of [
    '/articles/00353',
    '/articles/00353v1',
    '/articles/x',
    '/articles/00353v0',
    '/nothing',
    '/articles/00353v1/files/a.pdf',
  ]) {
    const answer = await site.get(path)
    expect(answer.statusCode, path).toBe(404)
    expect(readPage(answer.body).text('h1'), path).toEqual(['Page not found'])
  }
})

test('a page runs one script of its own and loads nothing but its own files and the CDN', async () => {
  await using site = await startSite()
  await publish(site)
  const { headers, body } = await site.get('/articles/00353')
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("style-src 'self'")
  expect(policy).toContain(`img-src 'self' ${cdnUrl}`)
  expect(policy).not.toContain('unsafe')
  const [stylesheet] = readPage(body)
    .named('link')
    .filter(({ attributes }) => attributes.get('rel') === 'stylesheet')
  const style = await site.get(stylesheet?.attributes.get('href') ?? '')
  expect([style.statusCode, style.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8'])
  const scripts = readPage(body).attribute('script', 'src')
  expect(scripts).toHaveLength(1)
  const script = await site.get(scripts[0] ?? '')
  expect([script.statusCode, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
  const [, font = ''] = /url\('([^']*woff2)'\)/.exec(style.body) ?? []
  expect((await site.get(font)).headers['content-type']).toBe('font/woff2')
})

test('pages are sent compressed to whoever takes that, with their numbers in them', async () => {
  await using site = await startSite()
  await publish(site)
  site.numbers['00353'] = { views: 1234 }
  const reply = await site.get('/articles/00353', { 'accept-encoding': 'gzip, deflate, br' })
  expect([reply.headers['content-encoding'], reply.headers['vary']]).toEqual(['br', 'accept-encoding'])
  expect(brotliDecompressSync(reply.rawPayload).toString()).toContain('1,234 views')
  expect(reply.rawPayload.length).toBeLessThan((await site.get('/articles/00353')).rawPayload.length / 2)
})

test('a page that has not changed is not sent again; its numbers are no change, a correction is one', async () => {
  await using site = await startSite()
  site.stored.published['00353v1'] = sampleArticle()
  await site.post('/api/article.json', sampleEif({ publish: true }))
  for (const path of ['/', '/articles/00353', '/browse', '/journals/elife']) {
    const first = await site.get(path)
    const tag = String(first.headers.etag)
    expect([path, tag]).toEqual([path, expect.stringMatching(/^W\/"[\w-]{27}"$/)])
    site.numbers['00353'] = { views: 1234 }
    for (const known of [tag, `"x", ${tag.slice(2)}`]) {
      const again = await site.get(path, { 'if-none-match': known })
      expect([path, again.statusCode, again.body, again.headers.etag]).toEqual([path, 304, '', tag])
    }
  }
  const tag = String((await site.get('/articles/00353')).headers.etag)
  site.stored.published['00353v1'] = sampleArticle({ title: 'A better life' })
  site.passSecond()
  const changed = await site.get('/articles/00353', { 'if-none-match': tag })
  expect([changed.statusCode, changed.headers.etag === tag]).toEqual([200, false])
  expect((await site.get('/nothing', { 'if-none-match': '*' })).headers).not.toHaveProperty('etag')
})
