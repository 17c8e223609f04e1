import { connectDatabase, createLogger, signToken, type Secrets } from '@continuum/service'
import { sharedDatabase } from '@continuum/service/testing'
import type { Journal } from '@continuum/article'
import type { SiteContent } from '@continuum/settings'
import { createSite } from './app.ts'
import type { Article } from './article/article.ts'
import type { ArticleStore } from './site/article-store.ts'
import type { PreviewFiles } from './site/preview-files.ts'
import { cdnUrl, journal } from './editions/samples.fixture.ts'
import type { PublishedFiles } from './site/published-files.ts'
import type { ArticleNumbers } from './usage/article-numbers.ts'
import type { SearchResults } from './pages/search-page.ts'
import type { SiteUsage } from './usage/hooks.ts'

export const secret = 'a-secret-of-the-tests'

/** An article store in memory: what everybody reads, and what only the service's credential shows. */
export interface StoredArticles {
  published: Record<string, Article>
  everything: Record<string, Article>
  related: Record<string, unknown[]>
  search?: (words: string, page: number) => SearchResults | undefined
  /** The run that brought everything. */
  run?: string
}

function articleStoreOf(stored: StoredArticles): ArticleStore {
  return {
    version: async (visibility, id, version) => {
      const article = stored[visibility][`${id}v${version}`]
      return article && { article, ...(visibility === 'everything' && stored.run && { run: stored.run }) }
    },
    history: async () => ({ received: '2012-11-01', accepted: '2012-12-01' }),
    related: async (_, id) => stored.related[id],
    search: async ({ words, page }) => stored.search?.(words, page),
    check: async () => undefined,
  }
}

const database = await sharedDatabase()
const logger = createLogger({ service: 'journal', level: 'silent' })
const migrations = new URL('./migrations/', import.meta.url)
/** Connects to the database of the tests; the caller ends it. */
export const connect = (max: number) =>
  connectDatabase({ url: database.url, schema: 'journal', migrations, logger, max })
const sql = await connect(3)

/** Usage that nobody counts, and the numbers that a test sets. */
function usageOf(numbers: Record<string, ArticleNumbers>): SiteUsage {
  const nothing = async () => undefined
  return {
    counter: { note: () => undefined, answered: () => undefined, flush: nothing, close: nothing },
    numbers: { ask: () => undefined, known: (article) => numbers[article] },
  }
}

export const siteUrl = 'https://journal.example.org'

/** A site without articles, whose clock the test sets, with the requests that the tests make; one at a time. */
export async function startSite(
  options: {
    previewFiles?: PreviewFiles
    articleStore?: ArticleStore
    trustedProxies?: string[]
    journals?: Journal[]
    content?: SiteContent[]
    publishedFiles?: PublishedFiles
    usage?: SiteUsage
    sql?: typeof sql
    /** Those that are accepted; by default the ones that the tests use. */
    secrets?: { preview: Secrets; password: Secrets }
  } = {},
) {
  await sql`truncate edition, record, listing, author_listing, list_member, list`
  const clock = { now: Temporal.Instant.from('2016-10-05T12:00:00Z') }
  const numbers: Record<string, ArticleNumbers> = {}
  const stored: StoredArticles = { published: {}, everything: {}, related: {} }
  const app = await createSite({
    name: 'The Journal',
    journals: options.journals ?? [journal],
    content: options.content ?? [],
    sql: options.sql ?? sql,
    articleStore: options.articleStore ?? articleStoreOf(stored),
    previewFiles: options.previewFiles ?? { find: async () => undefined },
    previewSecret: options.secrets?.preview ?? secret,
    pipeline: { user: 'bot', password: options.secrets?.password ?? 'a password' },
    cdnUrl,
    siteUrl,
    apiUrl: 'https://api.example.org',
    publishedFiles: options.publishedFiles ?? { find: async () => undefined },
    usage: options.usage ?? usageOf(numbers),
    now: () => clock.now,
    logger,
    trustedProxies: options.trustedProxies,
  })
  const pipeline = { authorization: `Basic ${Buffer.from('bot:a password').toString('base64')}` }
  const send =
    (method: 'PUT' | 'POST') =>
    (url: string, body: unknown, headers: Record<string, string> = pipeline) =>
      app.inject({
        method,
        url,
        headers: { 'content-type': 'application/json', ...headers },
        payload: JSON.stringify(body),
      })

  return {
    app,
    clock,
    stored,
    sql,
    numbers,
    pipeline,
    get: (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers }),
    post: send('POST'),
    put: send('PUT'),
    /** Lets the second pass in which a page that was shown is not made anew. */
    passSecond: () => void (clock.now = clock.now.add({ seconds: 1 })),
    /** The query of a signed preview link. */
    previewOf: (article: string, version: number, minutes = 10) => {
      const exp = clock.now.add({ minutes }).epochMilliseconds / 1000
      return `?preview=${signToken(secret, { article, version, exp })}`
    },
    [Symbol.asyncDispose]: () => app.close(),
  }
}

export type SiteUnderTest = Awaited<ReturnType<typeof startSite>>
