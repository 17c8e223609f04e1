import { connectDatabase, createLogger, signToken } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { createSite } from './app.ts'
import type { Article } from './article.ts'
import type { ArticleStore } from './article-store.ts'
import type { Eif } from './eif.ts'
import type { PreviewFiles } from './preview-files.ts'

export const cdnUrl = 'https://cdn.example'
export const journal = {
  name: 'eLife',
  publisher: 'A Publisher',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  idDigits: 5,
  firstVolumeYear: 2012,
  issn: '2050-084X',
}
const secret = 'a-secret-of-the-tests'

/** An article store in memory: what everybody reads, and what only the service's credential shows. */
export interface StoredArticles {
  published: Record<string, Article>
  everything: Record<string, Article>
  related: Record<string, unknown[]>
}

function articleStoreOf(stored: StoredArticles): ArticleStore {
  return {
    version: async (sight, id, version) => stored[sight][`${id}v${version}`],
    history: async () => ({ received: '2012-11-01', accepted: '2012-12-01' }),
    related: async (_, id) => stored.related[id],
    check: async () => undefined,
  }
}

/** A site on a database of its own, whose clock the test sets, with the requests that the tests make. */
export async function startSite(options: { previewFiles?: PreviewFiles; articleStore?: ArticleStore } = {}) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const logger = createLogger({ service: 'journal', level: 'silent' })
  const migrations = new URL('./migrations/', import.meta.url)
  const sql = await connectDatabase({ url: database.url, schema: 'journal', migrations, logger, max: 3 })
  stack.defer(() => sql.end())
  const clock = { now: Temporal.Instant.from('2016-10-05T12:00:00Z') }
  const stored: StoredArticles = { published: {}, everything: {}, related: {} }
  const app = await createSite({
    name: 'The Journal',
    journals: [journal],
    sql,
    articleStore: options.articleStore ?? articleStoreOf(stored),
    previewFiles: options.previewFiles ?? { find: async () => undefined },
    previewSecret: secret,
    pipeline: { user: 'bot', password: 'a password' },
    cdnUrl,
    now: () => clock.now,
    logger,
  })
  stack.defer(() => app.close())
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
    pipeline,
    get: (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers }),
    post: send('POST'),
    put: send('PUT'),
    /** The query of a signed preview link. */
    previewOf: (article: string, version: number, minutes = 10) => {
      const exp = clock.now.add({ minutes }).epochMilliseconds / 1000
      return `?preview=${signToken(secret, { article, version, exp })}`
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type SiteUnderTest = Awaited<ReturnType<typeof startSite>>

/** A document as the pipeline posts it, as small as may be. */
export function sampleEif(more: Partial<Eif> & Record<string, unknown> = {}): Eif {
  const { version = 1, 'article-id': id = '00353' } = more
  return {
    title: 'A good <italic>life</italic>',
    version,
    doi: `10.7554/eLife.${id}`,
    volume: 1,
    'elocation-id': `e${id}`,
    'article-id': id,
    'article-version-id': `${id}.${version}`,
    path: `content/1/e${id}v${version}`,
    'article-type': 'research-article',
    status: 'VOR',
    ...more,
  }
}

export function sampleArticle(more: Partial<Article> = {}): Article {
  return {
    id: '00353',
    version: 1,
    status: 'vor',
    type: 'research-article',
    doi: '10.7554/eLife.00353',
    title: 'A good <i>life</i>',
    volume: 1,
    elocationId: 'e00353',
    body: [{ type: 'section', id: 's1', title: 'Results', content: [{ type: 'paragraph', text: 'The text.' }] }],
    ...more,
  }
}
