import type { Journal } from './system.ts'

/** An address whose time must not grow with the journal. */
export interface Address {
  readonly name: string
  readonly url: (of: Journal, turn: number) => string
}

const site = (name: string, path: string): Address => ({ name, url: (of) => of.site + path })

/** A page, which the site keeps for a second: each turn has an address of its own, so that it is made each time. */
const page = (name: string, path: string | ((of: Journal) => string)): Address => ({
  name,
  url: (of, turn) => {
    const url = new URL(of.site + (typeof path === 'string' ? path : path(of)))
    url.searchParams.set('turn', `${turn}`)
    return url.href
  },
})

/** The addresses that readers, crawlers and harvesters ask for; a page that is added to the journal belongs here. */
export const addresses: readonly Address[] = [
  page('home', '/'),
  page('home, page 40', '/?page=40'),
  page('home, the middle', ({ articles }) => `/?page=${articles / 40}`),
  page('home, last page', ({ articles }) => `/?page=${articles / 20}`),
  page('browse', '/browse'),
  page('browse, a month', '/browse/2016/01'),
  page('subjects', '/subjects'),
  page('a subject', '/subjects/neuroscience'),
  page('article', '/articles/00500'),
  // Their answers are kept until an article changes: the first takes as long as there are articles that have the word.
  site('search, all articles', '/search'),
  site('search, a common word', '/search?for=quick'),
  site('search, a rare word', '/search?for=animal-00500'),
  { name: 'search in the API, a rare word', url: ({ lax }) => `${lax}/api/v2/search?for=animal-00500` },
  { name: 'list in the API', url: ({ lax }) => `${lax}/api/v2/articles?per-page=20` },
  site('Atom feed', '/feed.atom'),
  site('feed of a subject', '/subjects/neuroscience/feed.atom'),
  site('feed of a rare subject', '/subjects/rarities/feed.atom'),
  site('sitemap, 1,000 addresses', '/sitemaps/1.xml'),
  {
    name: 'last sitemap, 1,000 addresses',
    url: ({ site: host, articles }) => `${host}/sitemaps/${Math.ceil(articles / 1000)}.xml`,
  },
  site('OAI-PMH, 100 identifiers', '/oai?verb=ListIdentifiers&metadataPrefix=oai_dc'),
  site('OAI-PMH, 100 records', '/oai?verb=ListRecords&metadataPrefix=oai_dc'),
  site('OAI-PMH, identifiers of a set', '/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=subject:neuroscience'),
  site('OAI-PMH, of a rare set', '/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=subject:rarities'),
  site('OAI-PMH, sets', '/oai?verb=ListSets'),
]
