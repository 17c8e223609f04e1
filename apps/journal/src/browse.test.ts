import { expect, test } from 'vitest'
import { pageFaults, readPage } from './article/page.fixture.ts'
import { journal, sampleArticle, sampleEif, secondJournal } from './editions/samples.fixture.ts'
import { startSite, type SiteUnderTest } from './site.fixture.ts'

/** The lists of articles, by date, subject, author and journal. */

const ada = { type: 'author', surname: 'Lovelace', 'given-names': 'Ada', orcid: 'http://orcid.org/0000-0002-1825-0097' }
const ben = { type: 'author', surname: 'Bauer', 'given-names': 'Ben', suffix: 'Jr' }

async function publish(site: SiteUnderTest, id: string, more: object = {}) {
  expect(
    (await site.post('/api/article.json', sampleEif({ publish: true, 'article-id': id, ...more }))).statusCode,
  ).toBe(200)
  site.stored.published[`${id}v1`] = sampleArticle({ id })
}
async function read(site: SiteUnderTest, path: string) {
  const reply = await site.get(path)
  expect([path, reply.statusCode]).toEqual([path, 200])
  expect([path, pageFaults(reply.body)]).toEqual([path, []])
  return readPage(reply.body)
}

test('years and months lead to the articles of a month; those of a year alone have a place of their own', async () => {
  await using site = await startSite()
  await publish(site, '00001', { 'pub-date': '2012-12-13T00:00:00Z' })
  await publish(site, '00002', { 'pub-date': '2012-12-14T00:00:00Z', title: 'Second' })
  await publish(site, '00003', { 'pub-date': '2012-01-01T00:00:00Z', 'publication-date': '2012' })
  await publish(site, '00004', { 'pub-date': '2016-04-01T00:00:00Z', 'publication-date': '2016-04' })
  const browse = await read(site, '/browse')
  expect(browse.text('li')).toEqual(['April 2016 1', 'December 2012 2', '2012, without a month 1'])
  expect(browse.attribute('a', 'href')).toEqual(
    expect.arrayContaining(['/browse/2016', '/browse/2016/04', '/browse/2012/12', '/browse/2012/undated']),
  )
  expect((await read(site, '/browse/2012')).text('li')).toEqual(['December 2012 2', '2012, without a month 1'])
  expect((await read(site, '/browse/2012/12')).text('h2')).toEqual(['Second', 'A good life'])
  expect((await read(site, '/browse/2012/undated')).attribute('a', 'href')).toContain('/articles/00003')
  for (const path of ['/browse/2013', '/browse/2012/11', '/browse/12', '/browse/2012/13', '/browse/2012/12?page=2'])
    expect((await site.get(path)).statusCode, path).toBe(404)
})

test('a subject and an author have the articles that are public, and follow what changes', async () => {
  await using site = await startSite()
  const categories = { heading: ['Stem cells & Regeneration'] }
  await publish(site, '00001', { categories, contributors: [ada, ben, { type: 'author', collab: 'The Group' }] })
  await publish(site, '00002', { contributors: [ada, { ...ben, type: 'editor' }], title: 'Second' })
  expect((await read(site, '/subjects')).text('li')).toEqual(['Stem cells & Regeneration 1'])
  expect((await read(site, '/')).attribute('a', 'href')).toContain('/subjects/stem-cells-regeneration')
  expect((await read(site, '/subjects/stem-cells-regeneration')).text('h2')).toEqual(['A good life'])
  const author = await read(site, '/authors/0000-0002-1825-0097')
  expect([author.text('h1'), author.named('article').length]).toEqual([['Ada Lovelace'], 2])
  expect((await read(site, `/authors/${encodeURIComponent('Bauer, Ben, Jr')}`)).text('h1')).toEqual(['Ben Bauer Jr'])
  expect((await read(site, '/authors/The%20Group')).named('article')).toHaveLength(1)

  await site.put('/api/publish/00001.1.json', { publish: false })
  for (const path of ['/subjects/stem-cells-regeneration', '/authors/The%20Group', '/authors/nobody'])
    expect((await site.get(path)).statusCode, path).toBe(404)
  expect((await read(site, '/authors/0000-0002-1825-0097')).text('h2')).toEqual(['Second'])
})

test('names, subjects and keywords on the page of an article lead to their lists; in a preview names do not', async () => {
  await using site = await startSite()
  await publish(site, '00001', { categories: { heading: ['Neuroscience'] }, contributors: [ada, ben] })
  const person = (preferred: string, index: string, more = {}) => ({
    type: 'person',
    name: { preferred, index },
    ...more,
  })
  site.stored.published['00001v1'] = sampleArticle({
    id: '00001',
    subjects: [{ id: 'neuroscience', name: 'Neuroscience' }],
    keywords: ['circadian <i>clock</i>'],
    authors: [
      person('Ada Lovelace', 'Lovelace, Ada', { orcid: '0000-0002-1825-0097' }),
      person('Ben Bauer Jr', 'Bauer, Ben, Jr'),
    ],
  })
  const links = (await read(site, '/articles/00001')).attribute('a', 'href')
  expect(links).toContain('/search?for=circadian+clock')
  const lists = links.filter((link) => /^\/(?:authors|subjects\/)/.test(link))
  expect(lists).toHaveLength(4)
  for (const path of lists) expect((await site.get(path)).statusCode, path).toBe(200)
})

test('lists count right while many articles of the same subjects are published and taken back at once', async () => {
  await using site = await startSite()
  const ids = Array.from({ length: 24 }, (_, index) => String(index + 1).padStart(5, '0'))
  const subjects = ['Ecology', 'Neuroscience', 'Physics']
  await Promise.all(
    ids.map(async (id, index) => {
      const heading = [subjects[index % 3], subjects[(index + 1) % 3]]
      await publish(site, id, { categories: { heading }, 'pub-date': '2012-12-13T00:00:00Z' })
      if (index % 4 === 0) await site.put(`/api/publish/${id}.1.json`, { publish: false })
    }),
  )
  expect((await read(site, '/subjects')).text('li')).toEqual(['Ecology 12', 'Neuroscience 12', 'Physics 12'])
  expect((await read(site, '/browse')).text('li')).toEqual(['December 2012 18'])
  expect((await read(site, '/subjects/ecology')).named('article')).toHaveLength(12)
  expect((await read(site, '/browse/2012/12')).named('article')).toHaveLength(18)
})

test('the pages of a list have every article once, in the order of the latest change, wherever they are read from', async () => {
  await using site = await startSite()
  await site.sql`
    insert into edition (article, version, stage, eif, published)
    select lpad(n::text, 5, '0'), 1, 'published', jsonb_build_object('article-id', lpad(n::text, 5, '0')) || ${site.sql.json(sampleEif())} - 'article-id',
      '2015-03-01Z'::timestamptz + n * interval '1 hour' from generate_series(1, 107) as n`
  await site.sql`
    insert into record (article, datestamp, deleted, version, published)
    select article, '2016-01-01Z', false, 1, published from edition`
  const found: string[] = []
  for (let page = 1; page <= 6; page++) {
    const { body } = await site.get(`/?page=${page}`)
    found.push(
      ...[...body.matchAll(/<h[23]><a href="\/?(?:&#x2F;)?articles(?:&#x2F;|\/)(\d+)"/g)].map(([, id = '']) => id),
    )
  }
  const ids = Array.from({ length: 107 }, (_, index) => String(107 - index).padStart(5, '0'))
  expect(found).toEqual(ids)
  expect((await site.get('/?page=7')).statusCode).toBe(404)
})

test('each of several journals has a list of its own, with its pages, colours and logo', async () => {
  const content = [
    {
      journal: 'second',
      colour: '#00558b',
      logo: '<svg xmlns="http://www.w3.org/2000/svg"/>',
      pages: [
        { name: 'about', title: 'About us', text: '# Aims\n\nWe *like* [it](/browse). <script>alert(1)</script>' },
      ],
    },
  ]
  await using site = await startSite({ journals: [journal, secondJournal], content })
  await publish(site, '00001')
  await publish(site, 'second-00001', { doi: '10.5555/second.00001', path: 'content/x', title: 'Another' })
  expect((await read(site, '/')).attribute('a', 'href')).toEqual(
    expect.arrayContaining(['/journals/elife', '/journals/second']),
  )
  expect((await read(site, '/journals/elife')).text('h2')).toEqual(['A good life'])
  const own = await read(site, '/journals/second')
  expect([own.text('h1'), own.text('h2')]).toEqual([['The Second Journal'], ['Another']])
  const about = await read(site, '/journals/second/about')
  expect([about.text('h2'), about.text('em'), about.named('script').length]).toEqual([['Aims'], ['like'], 1])
  expect((await site.get('/journals/second/about')).body).toContain('&lt;script')
  for (const path of ['/articles/second-00001', '/journals/second/about']) {
    const page = await read(site, path)
    const [, colours = ''] = page.attribute('link', 'href').filter((address) => address.includes('.css'))
    expect((await site.get(colours)).body).toContain('--accent: #00558b')
    const [logo = ''] = page.attribute('img', 'src')
    expect((await site.get(logo)).headers['content-type']).toBe('image/svg+xml')
    expect(page.attribute('a', 'href')).toContain('/journals/second/about')
  }
  expect((await read(site, '/articles/00001')).attribute('a', 'href')).not.toContain('/journals/second/about')
  for (const path of [
    '/journals/third',
    '/journals/elife/about',
    '/journals/elife/style.css',
    '/journals/elife/logo.svg',
  ])
    expect((await site.get(path)).statusCode, path).toBe(404)
})

test(
  'scenario 28: every one of 10,000 articles is within ten links of the home page',
  { timeout: 120_000 },
  async () => {
    await using site = await startSite()
    // Half of them in one month, the others over ten years.
    await site.sql`
    with numbered as (
      select lpad(number::text, 5, '0') as id,
        case when number % 2 = 0 then '2015-03-01Z'::timestamptz else '2005-01-01Z'::timestamptz + number * interval '8 hours' end as day
      from generate_series(1, 10000) as number
    ), posted as (
      insert into edition (article, version, stage, eif, published)
      select id, 1, 'published', (${JSON.stringify(sampleEif())}::text::jsonb || jsonb_build_object('article-id', id, 'article-version-id', id || '.1'))::text, day
      from numbered
    ) select 1`
    await site.sql`
    insert into record (article, datestamp, deleted, version, published, subjects)
    select article, '2016-01-01Z', false, 1, published, '{}' from edition`
    const found = new Set<string>()
    const seen = new Set(['/'])
    let level = ['/']
    let links = 0
    for (; links < 10 && found.size < 10_000; links++) {
      const next: string[] = []
      for (const path of level) {
        const { body } = await site.get(path)
        for (const [, written = ''] of body.matchAll(/href="([^"]*)"/g)) {
          const address = written.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=')
          const [, id] = /^\/articles\/(\d+)$/.exec(address) ?? []
          if (id !== undefined) found.add(id)
          else if (address.startsWith('/browse') && !seen.has(address)) {
            seen.add(address)
            next.push(address)
          }
        }
      }
      level = next
    }
    expect(found.size).toBe(10_000)
    expect(links).toBeLessThanOrEqual(10)
  },
)
