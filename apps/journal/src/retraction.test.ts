import { expect, test } from 'vitest'
import { sampleArticle, sampleEif } from './editions/samples.fixture.ts'
import { absent, oaiErrors, textsOf } from './indexers.fixture.ts'
import { startSite, type SiteUnderTest } from './site.fixture.ts'

const retraction = { date: '2016-10-05', reason: 'The <figures> were made up.', notice: '10.7554/eLife.00999' }

async function publish(site: SiteUnderTest, version = 1) {
  const article = sampleArticle({ id: '00353', doi: '10.7554/eLife.00353', title: 'Zebrafish', version })
  site.stored.published[`00353v${version}`] = article
  const eif = sampleEif({ 'article-id': '00353', title: 'Zebrafish', version, categories: { heading: ['Ecology'] } })
  expect((await site.post('/api/article.json', eif)).statusCode).toBe(200)
  expect((await site.put(`/api/publish/00353.${version}.json`, { publish: true })).statusCode).toBe(200)
}

const undo = (site: SiteUnderTest) =>
  site.app.inject({ method: 'DELETE', url: '/api/retract/00353', headers: site.pipeline })

test('a retracted article stays, and its pages, lists, feeds, citations and harvesters say so', async () => {
  await using site = await startSite()
  await publish(site)
  await publish(site, 2)
  await site.sql`update record set datestamp = '2016-01-01T00:00:00Z'`
  const before = (await site.get('/articles/00353v1')).body

  expect((await site.put('/api/retract/00353', retraction)).json()).toEqual({ retracted: true })
  for (const url of ['/articles/00353', '/articles/00353v1']) {
    const { statusCode, body: markup } = await site.get(url)
    const body = markup.replaceAll('&#x2F;', '/')
    expect([url, statusCode]).toEqual([url, 200])
    expect(body).toContain('This article was retracted on <time datetime="2016-10-05">5 October 2016</time>.')
    expect(body).toContain('The &lt;figures&gt; were made up.')
    expect(body).toContain('<a href="https://doi.org/10.7554/eLife.00999">Retraction notice</a>')
    expect(body).toContain('<meta name="citation_title" content="RETRACTED: Zebrafish" />')
    expect(body).toContain('"creativeWorkStatus":"Retracted"')
  }
  expect((await site.get('/')).body).toContain('RETRACTED: Zebrafish')
  for (const url of ['/feed.atom', '/feed.rss']) {
    expect([url, textsOf((await site.get(url)).body, 'title').at(-1)]).toEqual([url, 'RETRACTED: Zebrafish'])
  }
  expect((await site.get('/feed.json')).json().items).toMatchObject([
    { title: 'RETRACTED: Zebrafish', date_modified: '2016-10-05T12:00:00Z' },
  ])
  expect((await site.get('/articles/00353.json')).json()).toMatchObject([{ title: 'RETRACTED: Zebrafish' }])
  expect((await site.get('/articles/00353.bib')).body).toContain('RETRACTED: Zebrafish')

  const changed = await site.get('/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2016-01-02')
  if (!absent) expect(oaiErrors(changed.body)).toEqual([])
  expect(textsOf(changed.body, 'title')).toEqual(['RETRACTED: Zebrafish'])
  expect(textsOf(changed.body, 'description')).toContain(`Retracted on 2016-10-05. ${retraction.reason}`)
  expect(textsOf(changed.body, 'relation')).toContain('https://doi.org/10.7554/eLife.00999')
  expect(textsOf((await site.get('/sitemaps/1.xml')).body, 'lastmod')).not.toContain('2016-01-01T00:00:00Z')

  await publish(site, 3)
  expect((await site.get('/articles/00353v3')).body).toContain('This article was retracted on')
  expect((await undo(site)).json()).toEqual({ retracted: false })
  expect((await undo(site)).json()).toEqual({ retracted: false })
  expect((await site.get('/articles/00353v1')).body.replaceAll(/Version \d/g, '')).not.toContain('etracted')
  expect(before).not.toContain('etracted')
})

test('what the article store says of a retraction is shown once, whoever told the site', async () => {
  await using site = await startSite()
  await publish(site)
  const stored = site.stored.published['00353v1']
  if (stored) site.stored.published['00353v1'] = { ...stored, titlePrefix: 'RETRACTED', retraction }
  expect((await site.get('/articles/00353')).body.match(/This article was retracted on/g)).toHaveLength(1)
  await site.put('/api/retract/00353', retraction)
  const { body } = await site.get('/articles/00353')
  expect(body.match(/This article was retracted on/g)).toHaveLength(1)
  expect(body).toContain('<meta name="citation_title" content="RETRACTED: Zebrafish" />')
})

test('only the pipeline retracts, and only what was ever public; a preview is not', async () => {
  await using site = await startSite()
  await site.post('/api/article.json', sampleEif())
  expect((await site.put('/api/retract/00353', retraction)).statusCode).toBe(404)
  await publish(site)
  expect((await site.put('/api/retract/00353', retraction, {})).statusCode).toBe(403)
  expect((await site.put('/api/retract/00353', { reason: '' })).statusCode).toBe(400)
  expect((await site.get('/articles/00353')).body).not.toContain('etracted')
})
