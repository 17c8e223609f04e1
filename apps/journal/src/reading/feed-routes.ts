import { createHash } from 'node:crypto'
import { emptyReply, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { countSubjects, findList, type ArticleList } from '../editions/list-store.ts'
import { latestRecords, recordsById, type ArticleRecord } from '../editions/record-store.ts'
import { atomOf, jsonFeedOf, rssOf, type Feed, type FeedItem } from '../indexing/feeds.ts'
import { xml } from '../indexing/xml.ts'
import { subjectSlug } from '../article/labels.ts'
import { failureReply, isKnown, notFoundReply, sendNotFound } from '../site/answers.ts'
import { recordFacts } from './record-facts.ts'
import type { Site } from '../site/site.ts'

const inFeed = 20
const inSitemap = 1000

const kinds = {
  atom: { type: 'application/atom+xml', write: atomOf },
  rss: { type: 'application/rss+xml', write: rssOf },
  json: { type: 'application/feed+json', write: jsonFeedOf },
} as const
const Kind = Type.Union([Type.Literal('atom'), Type.Literal('rss'), Type.Literal('json')])

const common = { tags: ['harvesting'], security: [] }
const textReply = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: Type.String() } },
})
const replies = {
  304: emptyReply('Nothing has changed (If-None-Match).'),
  404: notFoundReply,
  '5xx': failureReply,
}
const feedReplies = {
  200: {
    description: 'The latest articles.',
    content: Object.fromEntries(Object.values(kinds).map(({ type }) => [type, { schema: Type.Unknown() }])),
  },
  ...replies,
}

/** Adds what crawlers and readers of feeds ask for: feeds of all articles and by subject, sitemaps, robots.txt. */
export function addFeedRoutes(app: App, site: Site): void {
  const { sql, pages, siteUrl } = site

  app.get(
    '/feed.:kind',
    {
      schema: {
        ...common,
        operationId: 'feed',
        summary: 'Follow the latest articles',
        params: Type.Object({ kind: Kind }),
        response: feedReplies,
      },
    },
    async (request, reply) =>
      sendFeed(request, reply, request.params.kind, { path: `/feed.${request.params.kind}`, home: '/' }),
  )
  app.get(
    '/subjects/:subject/feed.:kind',
    {
      schema: {
        ...common,
        operationId: 'subjectFeed',
        summary: 'Follow the latest articles of a subject',
        params: Type.Object({ subject: Type.String({ examples: ['neuroscience'] }), kind: Kind }),
        response: feedReplies,
      },
    },
    async (request, reply) => {
      const { subject: slug, kind } = request.params
      const subject = (await countSubjects(sql)).find(({ name }) => subjectSlug(name) === slug)?.name
      if (subject === undefined) return sendNotFound(reply, pages)
      return sendFeed(request, reply, kind, { path: `/subjects/${slug}/feed.${kind}`, home: '/', subject })
    },
  )

  async function sendFeed(
    request: FastifyRequest,
    reply: FastifyReply,
    kind: keyof typeof kinds,
    of: { path: string; home: string; subject?: string },
  ): Promise<FastifyReply> {
    const list: ArticleList = of.subject === undefined ? { kind: 'all' } : { kind: 'subject', name: of.subject }
    const records = await latestRecords(sql, { list, limit: inFeed })
    if (hasAll(request, reply, records)) return reply.code(304).send()
    const items = await Promise.all(records.map(itemOf))
    const feed: Feed = {
      title: of.subject === undefined ? pages.siteName : `${pages.siteName}: ${of.subject}`,
      address: siteUrl + of.path,
      home: siteUrl + of.home,
      updated: records[0]?.datestamp ?? site.now(),
      items: items.filter((item) => item !== undefined),
    }
    return reply.type(`${kinds[kind].type}; charset=utf-8`).send(kinds[kind].write(feed))
  }

  async function itemOf(record: ArticleRecord): Promise<FeedItem | undefined> {
    const facts = await recordFacts(site, record)
    const { published, updated = published } = record
    return facts && published && updated && { facts, published, updated }
  }

  const sitemapSchema = { ...common, response: { 200: textReply('application/xml', 'The addresses.'), ...replies } }
  app.get(
    '/sitemap.xml',
    { schema: { ...sitemapSchema, operationId: 'sitemaps', summary: 'List the sitemaps' } },
    async (_, reply) => {
      const { articles } = await findList(sql, { kind: 'all' })
      const files = Math.max(1, Math.ceil(articles / inSitemap))
      const list = Array.from(
        { length: files },
        (__, index) => xml`<sitemap><loc>${siteUrl}/sitemaps/${index + 1}.xml</loc></sitemap>`,
      )
      const text = xml`${{ xml: '<?xml version="1.0" encoding="UTF-8"?>\n' }}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${list}</sitemapindex>`
      return reply.type('application/xml; charset=utf-8').header('cache-control', 'public, no-cache').send(text.xml)
    },
  )
  app.get(
    '/sitemaps/:number.xml',
    {
      schema: {
        ...sitemapSchema,
        operationId: 'sitemap',
        summary: 'List the addresses of articles, a thousand in a file',
        params: Type.Object({ number: Type.Integer({ minimum: 1, maximum: 50_000 }) }),
      },
    },
    async (request, reply) => {
      const { number } = request.params
      const records = await recordsById(sql, { limit: inSitemap, offset: (number - 1) * inSitemap })
      if (records.length === 0 && number > 1) return sendNotFound(reply, pages)
      if (hasAll(request, reply, records)) return reply.code(304).send()
      const home = number === 1 ? xml`<url><loc>${siteUrl}/</loc></url>` : undefined
      const list = records.map(
        ({ article, datestamp }) =>
          xml`<url><loc>${siteUrl}/articles/${article}</loc><lastmod>${datestamp.toString({ smallestUnit: 'second' })}</lastmod></url>\n`,
      )
      const text = xml`${{ xml: '<?xml version="1.0" encoding="UTF-8"?>\n' }}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${home}${list}</urlset>`
      return reply.type('application/xml; charset=utf-8').send(text.xml)
    },
  )
  app.get(
    '/robots.txt',
    {
      schema: {
        ...common,
        operationId: 'robots',
        summary: 'Tell crawlers what they may read',
        response: { 200: textReply('text/plain', 'Everything.'), '5xx': failureReply },
      },
    },
    async (_, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .header('cache-control', 'public, max-age=3600')
        .send(`User-agent: *\nDisallow: /api/\n\nSitemap: ${siteUrl}/sitemap.xml\n`),
  )
}

/** Sets the entity tag of a list of records, and tells if the client has it already. */
function hasAll(request: FastifyRequest, reply: FastifyReply, records: readonly ArticleRecord[]): boolean {
  const hash = createHash('sha1')
  for (const { article, datestamp } of records) hash.update(`${article} ${datestamp.toString()}\n`)
  const etag = `"${hash.digest('base64url')}"`
  reply.header('etag', etag).header('cache-control', 'public, no-cache')
  return isKnown(request, etag)
}
