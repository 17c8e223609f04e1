import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import { createApp, type App, type Logger, type ServiceHealth } from '@continuum/service'
import { addIngestRoutes, type IngestContext } from './ingest/ingest-routes.ts'
import { addAssets, readAssets } from './reading/assets.ts'
import { looksOf } from './reading/looks.ts'
import { createKeptPages } from './site/kept-pages.ts'
import { addPageRoutes } from './reading/page-routes.ts'
import { previewCookie } from './site/preview.ts'
import type { Site } from './site/site.ts'

const api = {
  title: 'Journal site',
  version: '1.0.0',
  description: 'Shows articles to readers and previews to production editors, and takes them from the pipeline as EIF.',
  tags: [
    { name: 'reading', description: 'Pages and files for browsers' },
    { name: 'harvesting', description: 'For indexers, harvesters and reference managers' },
    { name: 'ingest', description: 'The ingest contract of the pipeline' },
    { name: 'health', description: 'The state of the service' },
  ],
  securitySchemes: {
    pipeline: { type: 'http', scheme: 'basic', description: 'SITE_USER and SITE_PASSWORD' },
    preview: {
      type: 'apiKey',
      in: 'cookie',
      name: previewCookie,
      description: 'Set by a signed preview link, for one version.',
    },
  },
} as const

/** Pages, feeds and what they load. Files of articles are not among them: they are sent in ranges. */
const compressed = /^(?:text\/(?:html|css|javascript|xml)|application\/(?:atom\+xml|rss\+xml|feed\+json))/

/** Creates the site as an HTTP application; `serve` listens. */
export async function createSite(
  given: Omit<Site, 'pages' | 'keptPages'> &
    Omit<IngestContext, 'onChange'> & {
      name: string
      logger: Logger
      health?: ServiceHealth
      trustedProxies?: readonly string[] | undefined
      behindCdn?: boolean
    },
): Promise<App> {
  const { name, logger, sql, journals, articleStore, cdnUrl } = given
  const [journal] = journals.length === 1 ? journals : []
  const assets = await readAssets()
  const site: Site = {
    ...given,
    keptPages: createKeptPages(),
    pages: {
      siteName: name,
      siteUrl: given.siteUrl,
      stylesheet: assets.stylesheet,
      script: assets.script,
      journals: looksOf(journals, given.content),
      publisher: journal?.publisher ?? '',
      issn: journal?.issn,
    },
  }
  const files = ["'self'", new URL(cdnUrl).origin]
  const app = await createApp({
    name: 'journal',
    logger,
    health: given.health,
    trustedProxies: given.trustedProxies,
    behindCdn: given.behindCdn,
    api,
    checks: { database: async () => void (await sql`select 1`), 'article store': articleStore.check },
    // One script, this site's own; the one form searches.
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: files,
      mediaSrc: files,
      fontSrc: ["'self'"],
      scriptSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
    },
  })
  // Before the routes, so that pages are compressed after their numbers are filled in.
  await app.register(compress, { encodings: ['br', 'gzip'], customTypes: compressed, globalDecompression: false })
  await app.register(cookie)
  await addAssets(app, assets)
  await app.register(
    async (routes: App) => addIngestRoutes(routes, { ...given, onChange: () => site.keptPages.outdate() }),
    {
      prefix: '/api',
    },
  )
  await app.register(async (routes: App) => addPageRoutes(routes, site))
  return app
}
