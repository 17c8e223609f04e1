import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import { createApp, type App, type Logger } from '@continuum/service'
import { addIngestRoutes, type IngestContext } from './ingest/ingest-routes.ts'
import { createLastPages } from './reading/last-pages.ts'
import { addPageRoutes } from './reading/page-routes.ts'
import { previewCookie } from './reading/preview.ts'
import type { Site } from './reading/site.ts'

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

const publicFolder = new URL('../public/', import.meta.url)

/** Creates the site as an HTTP application; `serve` listens. */
export async function createSite(
  given: Omit<Site, 'pages' | 'lastPages'> &
    IngestContext & { name: string; logger: Logger; trustedProxies?: readonly string[] | undefined },
): Promise<App> {
  const { name, logger, sql, journals, articleStore, cdnUrl } = given
  const [journal] = journals.length === 1 ? journals : []
  const style = await readFile(new URL('style.css', publicFolder))
  const site: Site = {
    ...given,
    lastPages: createLastPages(),
    pages: {
      siteName: name,
      siteUrl: given.siteUrl,
      stylesheet: `/assets/style.css?v=${createHash('sha1').update(style).digest('hex').slice(0, 12)}`,
      publisher: journal?.publisher ?? '',
      issn: journal?.issn,
    },
  }
  const files = ["'self'", new URL(cdnUrl).origin]
  const app = await createApp({
    name: 'journal',
    logger,
    trustedProxies: given.trustedProxies,
    api,
    checks: { database: async () => void (await sql`select 1`), 'article store': articleStore.check },
    // The pages run no scripts; the one form searches.
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: files,
      mediaSrc: files,
      scriptSrc: ["'none'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
    },
  })
  await app.register(cookie)
  await app.register(fastifyStatic, { root: fileURLToPath(publicFolder), prefix: '/assets/', maxAge: '1h' })
  await app.register(async (routes: App) => addIngestRoutes(routes, given), { prefix: '/api' })
  await app.register(async (routes: App) => addPageRoutes(routes, site))
  return app
}
