import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { sampleArticle, sampleEif } from './editions/samples.fixture.ts'
import { schemaErrors } from './feed-schemas.fixture.ts'
import { startSite } from './site.fixture.ts'

const address = Type.String({ pattern: '^https?://\\S+$' })
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' })
const words = Type.String({ pattern: '\\S' })
/** JSON Feed 1.1: an item has an id, and its text. */
const JsonFeed = Type.Object(
  {
    version: Type.Literal('https://jsonfeed.org/version/1.1'),
    title: words,
    home_page_url: address,
    feed_url: address,
    items: Type.Array(
      Type.Object(
        {
          id: address,
          url: address,
          title: words,
          content_text: Type.String(),
          date_published: instant,
          date_modified: instant,
          authors: Type.Optional(Type.Array(Type.Object({ name: words, url: Type.Optional(address) }))),
          tags: Type.Optional(Type.Array(words)),
          language: Type.Optional(words),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

/** A site with articles that have everything, and as little as may be. */
async function siteWithArticles() {
  const site = await startSite()
  const publish = async (id: string, article: object, eif: object = {}) => {
    site.stored.published[`${id}v1`] = sampleArticle({ id, doi: `10.7554/eLife.${id}`, ...article })
    await site.post('/api/article.json', sampleEif({ 'article-id': id, publish: true, ...eif }))
  }
  const person = { type: 'person', name: { preferred: 'Ada & <Co>', index: 'Lovelace, Ada' } }
  await publish(
    '00353',
    {
      title: 'A < B & "C" </script> \u2028 𝔸 <math><mi>x</mi></math>\u0001',
      authors: [{ ...person, orcid: '0000-0002-1825-0097' }, person],
      subjects: [{ id: 'cells', name: 'Cells & Tissues' }],
      abstract: { content: [{ type: 'paragraph', text: 'What <i>we</i> & others found.' }] },
    },
    { categories: { heading: ['Cells & Tissues'] } },
  )
  await publish('00354', { body: [] })
  return site
}

describe('scenario 27: sitemaps and feeds are valid by their specifications', () => {
  test.each([
    ['sitemap', '/sitemaps/1.xml'],
    ['index of sitemaps', '/sitemap.xml'],
    ['Atom', '/feed.atom'],
    ['Atom', '/subjects/cells-tissues/feed.atom'],
    ['RSS', '/feed.rss'],
    ['RSS', '/subjects/cells-tissues/feed.rss'],
  ] as const)('%s: %s', async (kind, path) => {
    await using site = await siteWithArticles()
    const { statusCode, body } = await site.get(path)
    expect([statusCode, schemaErrors(kind, body)]).toEqual([200, []])
  })

  test('JSON Feed, of all and of a subject', async () => {
    await using site = await siteWithArticles()
    for (const [path, items] of [
      ['/feed.json', 2],
      ['/subjects/cells-tissues/feed.json', 1],
    ] as const) {
      const feed = (await site.get(path)).json()
      expect([...Value.Errors(JsonFeed, feed)]).toEqual([])
      expect(feed.items).toHaveLength(items)
    }
  })

  test('an empty journal has an empty feed and a sitemap of its home page', async () => {
    await using site = await startSite()
    expect(schemaErrors('Atom', (await site.get('/feed.atom')).body)).toEqual([])
    expect(schemaErrors('RSS', (await site.get('/feed.rss')).body)).toEqual([])
    expect(schemaErrors('sitemap', (await site.get('/sitemaps/1.xml')).body)).toEqual([])
  })

  test('what the specifications forbid is found', async () => {
    await using site = await siteWithArticles()
    const [sitemap, atom, rss] = await Promise.all(
      ['/sitemaps/1.xml', '/feed.atom', '/feed.rss'].map(async (path) => (await site.get(path)).body),
    )
    for (const [kind, text = '', ...changes] of [
      ['sitemap', sitemap, [/<loc>https:\/\/[^/]+/, '<loc>'], [/Z<\/lastmod>/, '</lastmod>'], [/<loc>/g, '<location>']],
      ['Atom', atom, [/<id>.*?<\/id>/, ''], [/<updated>.*?<\/updated>/, ''], [/<entry><id>.*?<\/id>/, '<entry>']],
      [
        'RSS',
        rss,
        [/<description>The.*?<\/description>/, ''],
        [/ GMT<\/pubDate>/, '</pubDate>'],
        [/version="2.0"/, ''],
      ],
    ] as const) {
      for (const [from, to] of changes) {
        const changed = text.replace(from, to).replaceAll(/<location>(.*?)<\/loc>/g, '<location>$1</location>')
        expect([kind, String(from), changed !== text, schemaErrors(kind, changed).length]).toEqual([
          kind,
          String(from),
          true,
          1,
        ])
      }
    }
  })
})
