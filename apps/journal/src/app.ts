import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import { createApp, type App, type Logger } from '@continuum/service'
import { addIngestRoutes, type IngestContext } from './ingest/ingest-routes.ts'
import { addPageRoutes } from './reading/page-routes.ts'
import type { Site } from './reading/site.ts'

const publicFolder = new URL('../public/', import.meta.url)

/** The site over HTTP: everything but listening. */
export async function createSite(
  given: Omit<Site, 'pages'> &
    IngestContext & { name: string; logger: Logger; trustedProxies?: readonly string[] | undefined },
): Promise<App> {
  const { name, logger, sql, journals, articleStore, cdnUrl } = given
  const [journal] = journals
  const style = await readFile(new URL('style.css', publicFolder))
  const site: Site = {
    ...given,
    pages: {
      siteName: name,
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
    checks: { database: async () => void (await sql`select 1`), 'article store': articleStore.check },
    // Nothing runs in these pages, and nothing is sent from them.
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: files,
      mediaSrc: files,
      scriptSrc: ["'none'"],
      formAction: ["'none'"],
      baseUri: ["'none'"],
    },
  })
  await app.register(cookie)
  await app.register(fastifyStatic, { root: fileURLToPath(publicFolder), prefix: '/assets/', maxAge: '1h' })
  await app.register(async (api) => addIngestRoutes(api, given), { prefix: '/api' })
  await app.register(async (pages) => addPageRoutes(pages, site))
  return app
}
