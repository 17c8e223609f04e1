import { startServices, commonSettings, type Server } from '../services.ts'
import postgres from 'postgres'

const secret = 'a-secret-of-the-bench'
const nobody = 'http://127.0.0.1:9'

/** The credential of the usage counter. */
export const metricsToken = secret

/** The site and the article store with a number of articles. */
export interface Journal {
  readonly articles: number
  readonly site: string
  /** The process of the site. */
  readonly server: Server
  readonly lax: string
  /** The usage counter, where it was asked for. */
  readonly metrics?: Server
}

/** Starts a site and an article store, and where it is asked for a usage counter, for each number of articles, as processes of their own on databases of their own. */
export async function startJournals(sizes: readonly number[], { usage = false } = {}) {
  await using stack = new AsyncDisposableStack()
  const { databaseUrl, names, start } = await startServices(stack)
  const journals: Journal[] = []
  for (const articles of sizes) {
    const url = new URL(databaseUrl)
    url.pathname = `/readers_${articles}`
    const admin = postgres(databaseUrl, { max: 1 })
    await admin`create database ${admin(`readers_${articles}`)}`
    await admin.end()
    const common = { ...commonSettings, DATABASE_URL: url.href }
    const { url: lax } = await start('apps/lax/src/main.ts', { ...common, LAX_TOKEN: secret })
    const metrics = usage
      ? await start('apps/metrics/src/main.ts', {
          ...common,
          LAX_URL: lax,
          METRICS_TOKEN: secret,
          COUNTER_API_KEY: secret,
          SITE_NAME: 'The Journal',
        })
      : undefined
    const server = await start('apps/journal/src/main.ts', {
      ...common,
      LAX_URL: lax,
      LAX_READ_TOKEN: secret,
      SITE_USER: 'bot',
      SITE_PASSWORD: secret,
      PREVIEW_SECRET: secret,
      CDN_URL: `${nobody}/cdn`,
      EXPANDED_BUCKET: names.buckets.expanded,
      CDN_BUCKET: names.buckets.cdn,
      SITE_URL: 'https://journal.example.org',
      API_URL: nobody,
      METRICS_URL: metrics?.url ?? nobody,
      METRICS_TOKEN: secret,
      SITE_NAME: 'The Journal',
      SITE_CONTENT: '[]',
    })
    const sql = postgres(url.href, { max: 1, onnotice: () => undefined })
    stack.defer(() => sql.end({ timeout: 1 }))
    const journal = { articles, site: server.url, server, lax, ...(metrics && { metrics }) }
    await fill(journal, sql)
    journals.push(journal)
  }
  const constant = await start('bench/constant/server.ts', {})
  const started = stack.move()
  return { journals, constant, [Symbol.asyncDispose]: () => started.disposeAsync() }
}

const words = 'The quick brown fox jumps over the lazy dog, and what it finds there is told in the next sentence. '

/** Publishes one article as the pipeline does, and copies it by SQL: each copy an hour older, every hundredth about zebrafish, twenty of a rare subject. */
async function fill({ articles, site, lax }: Journal, sql: postgres.Sql): Promise<void> {
  const article = {
    id: '00001',
    version: 1,
    type: 'research-article',
    status: 'vor',
    doi: '10.7554/eLife.00001',
    title: 'What was found of animal-00001',
    published: '2016-01-01T00:00:00Z',
    volume: 5,
    elocationId: 'e00001',
    stage: 'published',
    copyright: { license: 'CC-BY-4.0', holder: 'The authors', statement: 'Free to use.' },
    authorLine: 'Ada Lovelace',
    authors: [{ type: 'person', name: { preferred: 'Ada Lovelace', index: 'Lovelace, Ada' } }],
    subjects: [{ id: 'neuroscience', name: 'Neuroscience' }],
    abstract: { content: [{ type: 'paragraph', text: words.repeat(6) }] },
    body: [{ type: 'section', id: 's1', title: 'Results', content: [{ type: 'paragraph', text: words.repeat(30) }] }],
  }
  const eif = {
    title: article.title,
    version: 1,
    doi: article.doi,
    volume: 5,
    'elocation-id': 'e00001',
    'article-id': '00001',
    'article-version-id': '00001.1',
    path: 'content/5/e00001v1',
    'article-type': 'research-article',
    status: 'VOR',
    'pub-date': '2016-01-01T00:00:00Z',
    publish: true,
    categories: { heading: ['Neuroscience'] },
    contributors: [{ type: 'author', surname: 'Lovelace', 'given-names': 'Ada' }],
  }
  const send = async (method: string, url: string, authorization: string, body: unknown) => {
    const headers = { authorization, 'content-type': 'application/json' }
    const answer = await fetch(url, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  }
  const put = `${lax}/api/v2/articles/00001/versions/1?publish=true`
  await send('PUT', put, `Bearer ${secret}`, { article, run: 'run' })
  const basic = `Basic ${Buffer.from(`bot:${secret}`).toString('base64')}`
  await send('POST', `${site}/api/article.json`, basic, eif)

  // Triggers and functions find their tables by it.
  await sql.unsafe('set search_path to lax')
  await sql`
    insert into lax.content
    select (jsonb_populate_record(content, jsonb_build_object(
      'article', number, 'doi', '10.7554/eLife.' || number, 'date', date - n * interval '1 hour',
      'body', replace(replace(body, '00001', number), 'animal', case n % 100 when 0 then 'zebrafish' else 'animal' end),
      'snippet', replace(snippet, '00001', number), 'head', head))).*
    from lax.content, generate_series(2, ${articles}) as n, lateral (select lpad(n::text, 5, '0') as number) as named
    where article = '00001' and stage = 'published'`
  await sql`select index_article(article) from content where newest_published and article <> '00001'`
  await sql.unsafe('set search_path to journal')
  await sql`
    insert into journal.edition (article, version, stage, run, eif, published, updated)
    select number, version, stage, run,
      replace(replace(eif, '00001', number), '"Neuroscience"', '"' || case when n <= 20 then 'Rarities' when n % 3 = 0 then 'Ecology' else 'Neuroscience' end || '"'),
      published - n * interval '1 hour', updated
    from journal.edition, generate_series(2, ${articles}) as n, lateral (select lpad(n::text, 5, '0') as number) as named
    where article = '00001'`
  await sql`select refresh_record(article) from edition where article <> '00001'`
  await sql`update record set datestamp = '2016-02-01T00:00:00Z'::timestamptz + article::int * interval '1 minute'`
  await sql`vacuum analyze`
  await sql`select pg_notify('lax_article_changed', '00001')`
}
