import { Readable } from 'node:stream'
import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import { sampleArticle, sampleEif, secondJournal, journal } from './editions/samples.fixture.ts'
import { absent, oaiErrors, textsOf, why } from './indexers.fixture.ts'
import { siteUrl, startSite, type SiteUnderTest } from './site.fixture.ts'

const odd = 'A < B & "C" </script><script>alert(1)</script> \u2028 𝔸 <math><mi>x</mi></math>\u0001'
const abstract = { content: [{ type: 'paragraph', text: 'What <i>we</i> found.' }] }
const person = (name: string, more: object = {}) => ({
  type: 'person',
  name: { preferred: name, index: name.split(' ').toReversed().join(', ') },
  ...more,
})

async function publish(site: SiteUnderTest, id: string, more: object = {}, eif: object = {}) {
  const article = sampleArticle({
    id,
    doi: `10.7554/eLife.${id}`,
    elocationId: `e${id}`,
    abstract,
    authors: [
      person('Ada Lovelace', { orcid: '0000-0002-1825-0097', affiliations: [{ name: ['Institute', 'University'] }] }),
    ],
    copyright: { license: 'CC-BY-4.0' },
    keywords: ['sleep'],
    subjects: [{ id: 'neuroscience', name: 'Neuroscience' }],
    pdf: `https://cdn.example/${id}/elife-${id}-v1.pdf`,
    ...more,
  })
  const posted = sampleEif({ 'article-id': id, categories: { heading: ['Neuroscience'] }, ...eif })
  site.stored.published[`${id}v${posted.version}`] = { ...article, version: posted.version }
  expect((await site.post('/api/article.json', posted)).statusCode).toBeLessThan(300)
  expect((await site.put(`/api/publish/${id}.${posted.version}.json`, { publish: true })).statusCode).toBe(200)
}

const oai = async (site: SiteUnderTest, query: string) => {
  const reply = await site.get(`/oai?${query}`)
  expect([query, reply.statusCode, reply.headers['content-type']]).toEqual([query, 200, 'text/xml; charset=utf-8'])
  return reply.body
}
const errorCode = (body: string) => /<error code="(\w+)"/.exec(body)?.[1]

describe('OAI-PMH', () => {
  test.skipIf(absent)(
    `scenario 21: the six verbs are valid by the schemas, whatever the titles say${why}`,
    async () => {
      await using site = await startSite()
      await publish(site, '00353', { title: odd })
      await publish(site, '00354', { authors: undefined, abstract: undefined, copyright: undefined, pdf: undefined })
      for (const query of [
        'verb=Identify',
        'verb=ListMetadataFormats',
        'verb=ListMetadataFormats&identifier=oai:journal.example.org:00353',
        'verb=ListSets',
        'verb=ListIdentifiers&metadataPrefix=oai_dc',
        'verb=ListRecords&metadataPrefix=oai_dc&set=openaire',
        'verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:journal.example.org:00353',
        'verb=Nonsense',
      ]) {
        expect([query, oaiErrors(await oai(site, query))]).toEqual([query, []])
      }
      const record = await oai(site, 'verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:journal.example.org:00353')
      expect(textsOf(record, 'title')).toEqual(
        ['A < B & "C"  \u2028 𝔸 x'].map((title) => expect.stringContaining(title.slice(0, 7))),
      )
      expect(textsOf(record, 'creator')).toEqual(['Lovelace, Ada'])
      expect(textsOf(record, 'relation')).toEqual(['https://journal.example.org/articles/00353v1.pdf'])
      expect(textsOf(record, 'rights')[0]).toBe('https://creativecommons.org/licenses/by/4.0/')
    },
  )

  test('scenario 21: each error has its code, and status 200', async () => {
    await using site = await startSite()
    await publish(site, '00353')
    for (const [query, code] of [
      ['', 'badVerb'],
      ['verb=identify', 'badVerb'],
      ['verb=Identify&verb=Identify', 'badVerb'],
      ['verb=Identify&a=b', 'badArgument'],
      ['verb=ListRecords', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&from=2020', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-02&until=2020-01-01', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-02&until=2020-01-03T00:00:00Z', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x', 'badArgument'],
      ['verb=ListRecords&resumptionToken=x', 'badResumptionToken'],
      ['verb=ListRecords&metadataPrefix=marc', 'cannotDisseminateFormat'],
      ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:1', 'idDoesNotExist'],
      ['verb=ListRecords&metadataPrefix=oai_dc&until=2000-01-01', 'noRecordsMatch'],
      ['verb=ListRecords&metadataPrefix=oai_dc&set=subject:botany', 'noRecordsMatch'],
    ]) {
      expect([query, errorCode(await oai(site, query ?? ''))]).toEqual([query, code])
    }
    const posted = await site.app.inject({
      method: 'POST',
      url: '/oai',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'verb=Identify',
    })
    expect(posted.body).toContain('<deletedRecord>persistent</deletedRecord>')
  })

  test(
    'scenario 22: a list in pages loses and doubles nothing, also when an article changes between two pages',
    { timeout: 120_000 },
    async () => {
      await using site = await startSite()
      const { sql } = site
      await sql`
      insert into record (article, datestamp, deleted, version, published)
      select lpad(number::text, 5, '0'), '2016-01-01T00:00:00Z'::timestamptz + (number / 7) * interval '1 second', false, 1, '2016-01-01Z'
      from generate_series(1, 250) as number`
      const seen: string[] = []
      let query = 'verb=ListIdentifiers&metadataPrefix=oai_dc'
      for (let pages = 0; query !== ''; pages++) {
        expect(pages).toBeLessThan(5)
        const body = await oai(site, query)
        seen.push(...textsOf(body, 'identifier'))
        if (pages === 0)
          await sql`update record set datestamp = '2016-02-01T00:00:00Z' where article in ('00003', '00240')`
        const [token] = textsOf(body, 'resumptionToken')
        query = token ? `verb=ListIdentifiers&resumptionToken=${encodeURIComponent(token)}` : ''
        if (query === '') expect(body).toContain('<resumptionToken/>')
      }
      expect(new Set(seen).size).toBe(250)
      // The one that was listed before it changed is listed again, as changed; no other is.
      expect(seen).toHaveLength(251)
      expect(seen.slice(-2)).toEqual(['oai:journal.example.org:00003', 'oai:journal.example.org:00240'])
    },
  )

  test('scenarios 22 and 23: a silent correction reappears; what is withdrawn is a deleted record, gone everywhere else', async () => {
    await using site = await startSite()
    await publish(site, '00353')
    await publish(site, '00354')
    await site.sql`update record set datestamp = '2016-01-01T00:00:00Z'`
    await site.put('/api/article/00353.1.json', sampleEif({ title: 'Corrected' }))
    await site.put('/api/publish/00353.1.json', { publish: true })
    const changed = await oai(site, 'verb=ListIdentifiers&metadataPrefix=oai_dc&from=2016-01-02')
    expect(textsOf(changed, 'identifier')).toEqual(['oai:journal.example.org:00353'])

    await site.put('/api/publish/00354.1.json', { publish: false })
    const record = await oai(site, 'verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:journal.example.org:00354')
    expect(record).toMatch(/<header status="deleted">/)
    expect(record).not.toContain('<metadata>')
    if (!absent) expect(oaiErrors(record)).toEqual([])
    const below = [
      '',
      'v1',
      '/figures',
      '/peer-review',
      '.bib',
      '.ris',
      '.json',
      '/linkset',
      '.pdf',
      'v1.pdf',
      'v1.xml',
    ]
    for (const url of below.map((end) => `/articles/00354${end}`))
      expect([url, (await site.get(url)).statusCode]).toEqual([url, 410])
    for (const url of ['/articles/00355', '/articles/00355.bib', '/articles/00355v1.pdf', '/articles/00355/linkset'])
      expect([url, (await site.get(url)).statusCode]).toEqual([url, 404])
    for (const url of ['/sitemaps/1.xml', '/feed.atom', '/feed.rss', '/feed.json', '/']) {
      const { body } = await site.get(url)
      expect([url, body.includes('00353'), body.includes('00354')]).toEqual([url, true, false])
    }
  })

  test('a withdrawal of the whole article says why on its page, and may be repeated', async () => {
    await using site = await startSite()
    await publish(site, '00353')
    await publish(site, '00353', {}, { version: 2 })
    const reason = { reason: 'It was published by mistake.' }
    expect((await site.put('/api/withdraw/00353', reason, {})).statusCode).toBe(403)
    expect((await site.put('/api/withdraw/00354', reason)).statusCode).toBe(404)
    expect((await site.put('/api/withdraw/00353', reason)).json()).toEqual({ withdrawn: 2 })
    expect((await site.put('/api/withdraw/00353', reason)).json()).toEqual({ withdrawn: 0 })
    const page = await site.get('/articles/00353')
    expect([page.statusCode, page.body]).toEqual([410, expect.stringContaining('It was published by mistake.')])
    await publish(site, '00353')
    expect((await site.get('/articles/00353')).statusCode).toBe(200)
  })

  test('scenario 21: the XML is harvested as JATS, without its DOCTYPE, in its namespace; a list has only articles that have one', async () => {
    const files: Record<string, string> = {
      '00353/elife-00353-v1.xml':
        '<?xml version="1.0"?><!DOCTYPE article PUBLIC "x" "y.dtd" [<!ENTITY a "b">]>\n<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article"><body><p>A &amp; B</p><graphic xlink:href="elife-00353-fig1-v1.tif"/><ext-link xlink:href="https://x.example/a.b">x</ext-link></body></article>\n<!-- end -->',
      '00355/elife-00355-v1.xml': '<!DOCTYPE article><article><p>&alpha;</p></article>',
    }
    await using site = await startSite({
      publishedFiles: {
        find: async (key) => {
          const content = files[key]
          return content === undefined
            ? undefined
            : { content: Readable.from([content]), length: undefined, etag: undefined, range: undefined }
        },
      },
    })
    for (const id of ['00353', '00355'])
      await publish(site, id, { xml: `https://cdn.example/${id}/elife-${id}-v1.xml` })
    await publish(site, '00354')
    const records = await oai(site, 'verb=ListRecords&metadataPrefix=jats')
    expect(textsOf(records, 'identifier')).toEqual(['oai:journal.example.org:00353'])
    expect(textsOf(records, 'p')).toEqual(['A & B'])
    expect(records).toContain('<metadata><article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" xmlns:xlink')
    expect(records).toContain('xlink:href="https://cdn.example/00353/elife-00353-fig1-v1.tif"')
    expect(records).toContain('xlink:href="https://x.example/a.b"')
    expect(records.match(/<!DOCTYPE|<\?xml|<!--/g)).toEqual(['<?xml'])
    expect(textsOf(await oai(site, 'verb=ListIdentifiers&metadataPrefix=jats'), 'identifier')).toHaveLength(1)
    for (const id of ['00354', '00355']) {
      const answer = await oai(site, `verb=GetRecord&metadataPrefix=jats&identifier=oai:journal.example.org:${id}`)
      expect([id, errorCode(answer)]).toEqual([id, 'cannotDisseminateFormat'])
    }
    expect(errorCode(await oai(site, 'verb=ListRecords&metadataPrefix=jats&set=subject:botany'))).toBe('noRecordsMatch')
  })

  test('scenario 20: journals and subjects are sets of their own', async () => {
    await using site = await startSite({ journals: [journal, secondJournal] })
    await publish(site, '00353')
    await publish(
      site,
      'second-00001',
      { doi: '10.5555/second.00001' },
      { doi: '10.5555/second.00001', categories: {} },
    )
    const inSet = async (set: string) =>
      textsOf(await oai(site, `verb=ListIdentifiers&metadataPrefix=oai_dc&set=${set}`), 'identifier')
    expect(await inSet('journal:elife')).toEqual(['oai:journal.example.org:00353'])
    expect(await inSet('journal:second')).toEqual(['oai:journal.example.org:second-00001'])
    expect(await inSet('subject:neuroscience')).toEqual(['oai:journal.example.org:00353'])
    expect(await inSet('openaire')).toHaveLength(2)
  })

  test('a harvester of a subject or a journal is told of the withdrawal of its last article', async () => {
    await using site = await startSite()
    await publish(site, '00353')
    await site.put('/api/withdraw/00353', { reason: 'By mistake.' })
    expect(textsOf(await oai(site, 'verb=ListSets'), 'setSpec')).toContain('subject:neuroscience')
    for (const set of ['subject:neuroscience', 'journal:elife', 'openaire'])
      expect([set, await oai(site, `verb=ListIdentifiers&metadataPrefix=oai_dc&set=${set}`)]).toEqual([
        set,
        expect.stringContaining('<header status="deleted">'),
      ])
    expect((await site.get('/subjects/neuroscience')).statusCode).toBe(404)
    expect((await site.get('/subjects')).body).not.toContain('Neuroscience')
  })

  test('a preview is in no list, and moves no date', async () => {
    await using site = await startSite()
    await site.post('/api/article.json', sampleEif())
    expect(errorCode(await oai(site, 'verb=ListIdentifiers&metadataPrefix=oai_dc'))).toBe('noRecordsMatch')
    expect((await site.get('/sitemaps/1.xml')).body).not.toContain('00353')
    expect((await site.get('/articles/00353')).statusCode).toBe(404)
  })
})

describe('the head of an article page', () => {
  const head = async (site: SiteUnderTest, url: string) => {
    const reply = await site.get(url)
    expect(reply.statusCode).toBe(200)
    const body = reply.body.replaceAll('&#x2F;', '/')
    const named = (name: string) =>
      [...body.matchAll(new RegExp(`<meta name="${name}" content="([^"]*)"`, 'g'))].map(([, value]) => value)
    const data = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(body)?.[1] ?? ''
    return { reply, body, named, data }
  }

  test('scenario 25: one absolute canonical without a version on every version; all tags; the PDF beside the page', async () => {
    await using site = await startSite()
    await publish(site, '00353')
    await publish(site, '00353', {}, { version: 2 })
    for (const url of ['/articles/00353', '/articles/00353v1', '/articles/00353v2']) {
      const { body } = await head(site, url)
      expect(body.match(/<link rel="canonical"[^>]*>/g)).toEqual([
        '<link rel="canonical" href="https://journal.example.org/articles/00353" />',
      ])
    }
    const { named, reply, body } = await head(site, '/articles/00353v1')
    expect(named('citation_author')).toEqual(['Ada Lovelace'])
    expect(named('citation_author_institution')).toEqual(['Institute, University'])
    expect(named('citation_author_orcid')).toEqual(['https://orcid.org/0000-0002-1825-0097'])
    expect(named('citation_pdf_url')).toEqual(['https://journal.example.org/articles/00353v1.pdf'])
    expect(named('citation_abstract')).toEqual(['What we found.'])
    expect(named('citation_keywords')).toEqual(['sleep'])
    expect(named('citation_language')).toEqual(['en'])
    expect(body).toContain('<meta property="og:url" content="https://journal.example.org/articles/00353" />')
    expect(reply.headers.link).toContain('<https://doi.org/10.7554/eLife.00353>; rel="cite-as"')
    expect(reply.headers.link).toContain(
      '<https://journal.example.org/articles/00353v1.pdf>; rel="item"; type="application/pdf"',
    )
  })

  test('scenario 24: a title with markup, quotes, ends of scripts and odd characters: page, JSON-LD, feeds and citations parse', async () => {
    await using site = await startSite()
    await publish(site, '00353', { title: odd })
    const { data } = await head(site, '/articles/00353')
    const parsed = JSON.parse(data)
    expect(parsed).toMatchObject({
      '@type': 'ScholarlyArticle',
      author: [{ name: 'Ada Lovelace' }],
      license: expect.any(String),
    })
    expect(data).not.toMatch(/[<\u2028]/)
    for (const url of ['/feed.atom', '/feed.rss', '/sitemap.xml', '/sitemaps/1.xml'])
      textsOf((await site.get(url)).body, 'title')
    expect((await site.get('/feed.json')).json().items[0].id).toBe('https://doi.org/10.7554/eLife.00353')
    const bib = await site.get('/articles/00353.bib')
    expect(bib.body).toMatch(/^@article\{10\.7554\/eLife\.00353,\n {2}title = \{\{A < B \\& /)
    expect(bib.body.match(/\{/g)?.length).toBe(bib.body.match(/\}/g)?.length)
    expect((await site.get('/articles/00353.ris')).body).toMatch(
      /^TY {2}- JOUR\r\nAU {2}- Lovelace, Ada\r\n[\s\S]*ER {2}- \r\n$/,
    )
    expect((await site.get('/articles/00353.json')).json()).toMatchObject([
      { type: 'article-journal', DOI: '10.7554/eLife.00353', author: [{ family: 'Lovelace', given: 'Ada' }] },
    ])
  })

  test('scenario 26: of 500 authors the header names what fits into 4 KiB, the linkset all', async () => {
    await using site = await startSite()
    const orcid = (index: number) => `0000-0002-1825-${String(1000 + index)}`
    const authors = Array.from({ length: 500 }, (_, index) => person(`Author Number${index}`, { orcid: orcid(index) }))
    await publish(site, '00353', { authors })
    const { reply } = await head(site, '/articles/00353')
    expect(Buffer.byteLength(String(reply.headers.link))).toBeLessThan(4096)
    expect(String(reply.headers.link).match(/rel="cite-as"/g)).toHaveLength(1)
    const { linkset } = (await site.get('/articles/00353/linkset')).json()
    expect(linkset[0].author).toHaveLength(500)
    expect(linkset[1]).toMatchObject({ collection: [{ href: 'https://journal.example.org/articles/00353' }] })
  })

  test('a DOI leads to its article; one of elsewhere is not found', async () => {
    await using site = await startSite()
    expect((await site.get('/doi/10.7554/eLife.00353')).headers.location).toBe('/articles/00353')
    expect((await site.get('/lookup/doi/10.7554/ELIFE.353')).headers.location).toBe('/articles/00353')
    expect((await site.get('/doi/10.1000/1')).statusCode).toBe(404)
  })
})

describe('scenario 27: crawlers and readers of feeds', () => {
  test('robots.txt and sitemaps are absolute; each file has a thousand addresses, with the last change', async () => {
    await using site = await startSite()
    expect((await site.get('/robots.txt')).body).toContain('Sitemap: https://journal.example.org/sitemap.xml')
    await site.sql`
      insert into record (article, datestamp, deleted, version, published)
      select lpad(number::text, 5, '0'), '2016-01-01T00:00:00Z', number = 7, case when number = 7 then null else 1 end, '2016-01-01Z'
      from generate_series(1, 1502) as number`
    expect(textsOf((await site.get('/sitemap.xml')).body, 'loc')).toEqual(
      [1, 2].map((n) => `https://journal.example.org/sitemaps/${n}.xml`),
    )
    const [first = [], second = []] = await Promise.all(
      [1, 2].map(async (n) => textsOf((await site.get(`/sitemaps/${n}.xml`)).body, 'loc')),
    )
    expect([first.length, second.length]).toEqual([1001, 501])
    expect(new Set([...first, ...second]).size).toBe(1502)
    expect([...first, ...second]).not.toContain('https://journal.example.org/articles/00007')
    expect((await site.get('/sitemaps/3.xml')).statusCode).toBe(404)
  })

  test('feeds are of all articles and by subject; a new version keeps its id; a repetition is 304', async () => {
    await using site = await startSite()
    await publish(site, '00353')
    await publish(site, '00354', {}, { categories: { heading: ['Ecology'] } })
    const first = await site.get('/feed.atom')
    expect(textsOf(first.body, 'id')).toContain('https://doi.org/10.7554/eLife.00353')
    const etag = String(first.headers.etag)
    expect((await site.get('/feed.atom', { 'if-none-match': etag })).statusCode).toBe(304)
    await site.sql`update record set datestamp = '2016-01-01T00:00:00Z'`
    await publish(site, '00353', {}, { version: 2 })
    const second = await site.get('/feed.atom', { 'if-none-match': etag })
    expect(second.statusCode).toBe(200)
    expect(textsOf(second.body, 'id').filter((id) => id.endsWith('00353'))).toHaveLength(1)
    expect((await site.get('/subjects/ecology/feed.json')).json().items).toMatchObject([
      { id: 'https://doi.org/10.7554/eLife.00354' },
    ])
    expect((await site.get('/subjects/botany/feed.rss')).statusCode).toBe(404)
    expect(textsOf((await site.get('/feed.rss')).body, 'guid')).toHaveLength(2)
  })

  test('feeds are read by a library that others read them with', async () => {
    await using site = await startSite()
    await publish(site, '00353', { title: odd })
    for (const url of ['/feed.atom', '/feed.rss']) {
      const feed = await new Parser().parseString((await site.get(url)).body)
      expect([url, feed.title, feed.feedUrl]).toEqual([url, 'The Journal', `${siteUrl}${url}`])
      expect(feed.items).toMatchObject([
        {
          title: expect.stringContaining('A < B & "C"'),
          link: `${siteUrl}/articles/00353`,
          isoDate: expect.any(String),
        },
      ])
      expect(feed.items[0]?.guid ?? feed.items[0]?.['id']).toBe('https://doi.org/10.7554/eLife.00353')
    }
  })
})
