import { expect, test } from 'vitest'
import { pageFaults } from './article/page.fixture.ts'
import type { SearchResults } from './pages/search-page.ts'
import { startSite } from './site.fixture.ts'

const results: SearchResults = {
  total: 45,
  items: [
    {
      id: '00353',
      title: 'A <i>good</i> life & "more"',
      type: 'research-article',
      authorLine: 'A, B',
      statusDate: '2012-12-13T00:00:00Z',
    },
  ],
  subjects: [
    { id: 'neuroscience', name: 'Neuroscience', results: 40 },
    { id: 'ecology', name: 'Ecology', results: 5 },
  ],
  types: { 'research-article': 45, editorial: 0 },
}

test('the search page has a form that works by keyboard, results, and links that choose and unchoose', async () => {
  await using site = await startSite()
  const asked: unknown[] = []
  site.stored.search = (words, page) => {
    asked.push([words, page])
    return results
  }
  const reply = await site.get('/search?for=%20"><script>&subject=ecology&page=2')
  expect([reply.statusCode, asked]).toEqual([200, [['"><script>', 2]]])
  const page = reply.body.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=')
  expect(pageFaults(reply.body)).toEqual([])
  expect(page).not.toContain('"><script>')
  expect(page).toContain('<a href="/articles/00353">A <i>good</i> life &amp; ')
  expect(page).toContain('45 articles')
  const links = [...page.matchAll(/href="(\/search[^"]*)"/g)].map(
    ([, href = '']) => new URLSearchParams(href.replaceAll('&amp;', '&').split('?')[1]),
  )
  const subjects = links.map((query) => query.getAll('subject').join())
  expect(subjects).toEqual(expect.arrayContaining(['ecology,neuroscience', '']))
  expect(links.some((query) => query.get('page') === '3')).toBe(true)
  expect(reply.headers['content-security-policy']).toContain("form-action 'self'")
})

test('past the last page is nothing; nothing found is said', async () => {
  await using site = await startSite()
  site.stored.search = (_, page) => (page === 1 ? { ...results, total: 0, items: [] } : undefined)
  expect((await site.get('/search?for=x')).body).toContain('Nothing was found')
  expect((await site.get('/search?for=x&page=2')).statusCode).toBe(404)
})
