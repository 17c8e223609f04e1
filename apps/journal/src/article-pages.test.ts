import { expect, test } from 'vitest'
import { pageFaults, readPage } from './article/page.fixture.ts'
import { cdnUrl, sampleArticle, sampleEif } from './editions/samples.fixture.ts'
import { startSite, type SiteUnderTest } from './site.fixture.ts'

/** The pages of an article beside its own: figures, peer review; and what leads from one place to another. */

const paragraph = (text: string) => ({ type: 'paragraph', text })
const picture = (name: string) => ({
  uri: `${cdnUrl}/1/${name}.jpg`,
  alt: '',
  source: { mediaType: 'image/jpeg', uri: `${cdnUrl}/1/${name}.jpg`, filename: `${name}.jpg` },
  size: { width: 900, height: 500 },
})
const image = (id: string, label: string) => ({ type: 'image', id, label, title: `About ${label}`, image: picture(id) })
const whole = sampleArticle({
  pdf: `${cdnUrl}/1/a.pdf`,
  xml: `${cdnUrl}/1/a.xml`,
  body: [
    {
      type: 'section',
      id: 's1',
      title: 'Results',
      content: [
        paragraph(
          'As <a href="#bib1">Bee, 2001</a> saw (<a href="#bib1">Bee, 2001</a>; <a href="#fig1">Figure 1</a>).',
        ),
        {
          type: 'figure',
          assets: [
            { ...image('fig1', 'Figure 1'), caption: [paragraph('After <a href="#bib1">Bee</a>.')] },
            image('fig1s1', 'Figure 1—figure supplement 1'),
          ],
        },
        { type: 'table', id: 'tbl1', label: 'Table 1', tables: ['<table><tr><th></th><th>A</th></tr></table>'] },
        { type: 'image', image: picture('inline') },
      ],
    },
  ],
  references: [
    {
      type: 'journal',
      id: 'bib1',
      date: '2001',
      articleTitle: 'On <i>bees</i>; again',
      journal: 'Science',
      volume: '3',
      doi: '10.1/x',
      authors: [{ type: 'person', name: { preferred: 'A Bee', index: 'Bee, A' } }],
    },
    { type: 'unknown', id: 'bib2', title: 'Cited nowhere' },
  ],
  decisionLetter: { title: 'Decision letter', content: [paragraph('See <a href="#fig1">Figure 1</a>.')] },
  subArticles: [
    { type: 'reviewer-report', id: 'r1', title: 'Report', content: [paragraph('Good.')] },
    { type: 'translation', id: 't1', lang: 'es', title: 'Una vida', content: [paragraph('Texto.')] },
  ],
})

async function publish(site: SiteUnderTest, version = 1) {
  await site.post('/api/article.json', sampleEif({ publish: true, version }))
  site.stored.published[`00353v${version}`] = { ...whole, version }
}
async function read(site: SiteUnderTest, path: string) {
  const reply = await site.get(path)
  expect([path, reply.statusCode]).toEqual([path, 200])
  expect([path, pageFaults(reply.body)]).toEqual([path, []])
  return readPage(reply.body)
}

test('all figures and tables are on a page of their own, whose links lead back to the text', async () => {
  await using site = await startSite()
  await publish(site)
  const page = await read(site, '/articles/00353/figures')
  expect(page.attribute('figure', 'id')).toEqual(['fig1', 'fig1s1', 'tbl1'])
  expect(page.attribute('a', 'href')).toEqual(
    expect.arrayContaining(['#fig1', '#tbl1', '/articles/00353#bib1', '/articles/00353']),
  )
  expect(page.text('summary')).toContain('1 figure supplement')
  expect(page.attribute('td', 'colspan')).toEqual([])
  expect(page.named('th')).toHaveLength(1)
})

test('peer review has an address of its own; a translation is no peer review', async () => {
  await using site = await startSite()
  await publish(site)
  const page = await read(site, '/articles/00353/peer-review')
  expect(page.text('h2')).toEqual(['Contents', 'Decision letter', 'Report'])
  expect(page.attribute('a', 'href')).toContain('/articles/00353#fig1')
  const article = await read(site, '/articles/00353')
  expect(article.attribute('a', 'href')).toEqual(
    expect.arrayContaining(['/articles/00353/figures', '/articles/00353/peer-review']),
  )
})

test('pages of a version stay with it; an article without figures has no such page', async () => {
  await using site = await startSite()
  await publish(site)
  await publish(site, 2)
  expect((await read(site, '/articles/00353v1')).attribute('a', 'href')).toContain('/articles/00353v1/figures')
  expect((await read(site, '/articles/00353v1/figures')).attribute('a', 'href')).toContain('/articles/00353v1#bib1')
  expect((await site.get('/articles/353/figures')).headers['location']).toBe('/articles/00353/figures')
  site.stored.published['00353v2'] = sampleArticle({ version: 2 })
  for (const path of ['/articles/00353/figures', '/articles/00353/peer-review', '/articles/00999/figures'])
    expect((await site.get(path)).statusCode, path).toBe(404)
})

test('a preview shows its figures and peer review to holders of its link, and to nobody else', async () => {
  await using site = await startSite()
  await site.post('/api/article.json', sampleEif())
  site.stored.everything['00353v1'] = whole
  expect((await site.get('/articles/00353v1/figures')).statusCode).toBe(404)
  const reply = await site.get(`/articles/00353v1${site.previewOf('00353', 1)}`)
  const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
  for (const path of ['/articles/00353v1/figures', '/articles/00353v1/peer-review']) {
    const shown = await site.get(path, { cookie })
    expect([path, shown.statusCode, shown.headers['cache-control']]).toEqual([path, 200, 'private, no-store'])
    expect(shown.body).toContain('noindex')
  }
})

test('a reference leads back to each place that cites it', async () => {
  await using site = await startSite()
  await publish(site)
  const { named } = await read(site, '/articles/00353')
  const places = named('a').flatMap(({ attributes }) =>
    attributes.get('href') === '#bib1' ? [attributes.get('id')] : [],
  )
  expect(places).toEqual(['citing-bib1-1', 'citing-bib1-2', 'citing-bib1-3'])
  const back = named('a')
    .flatMap(({ attributes }) => attributes.get('href') ?? [])
    .filter((link) => link.startsWith('#citing'))
  expect(back).toEqual(places.map((place) => `#${place}`))
})

test('PDF and XML have stable addresses, and the citation comes in styles and as files', async () => {
  await using site = await startSite()
  await publish(site)
  const page = await read(site, '/articles/00353')
  expect(page.attribute('a', 'href')).toEqual(
    expect.arrayContaining([
      '/articles/00353.pdf',
      '/articles/00353.xml',
      '/articles/00353.bib',
      '/articles/00353.ris',
      'https://doi.org/10.7554/eLife.00353',
    ]),
  )
  expect(page.text('summary')).toEqual(
    expect.arrayContaining(['APA', 'Chicago', 'Harvard', 'MLA', 'Vancouver', 'Share']),
  )
  const references = page
    .named('meta')
    .filter(({ attributes }) => attributes.get('name') === 'citation_reference')
    .map(({ attributes }) => attributes.get('content'))
  expect(references).toEqual([
    'citation_title=On bees, again; citation_author=Bee A; citation_journal_title=Science; citation_volume=3; citation_publication_date=2001; citation_doi=10.1/x',
    'citation_title=Cited nowhere',
  ])
})
