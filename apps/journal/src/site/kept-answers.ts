import type { App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { beginPage, noteUse } from '../usage/hooks.ts'
import type { NotedUse } from '../usage/usage-counter.ts'
import { sendNotFound, sendTagged, tagOf } from './answers.ts'
import type { Beginning } from './kept-pages.ts'
import { previewCookie } from './preview.ts'
import type { Site } from './site.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The page is the same for everybody without a preview: made once a second at most. */
    kept?: boolean
  }
}

const beginnings = new WeakMap<FastifyRequest, Beginning>()
const endings = new WeakMap<FastifyRequest, () => void>()

/** Adds the hooks by which a page that many ask for at once is made once: the first request makes it, the others wait for that. */
export function addKeptAnswers(app: App, site: Site): void {
  const { keptPages, now } = site
  const making = new Map<string, Promise<void>>()
  app.addHook('preHandler', async (request, reply) => {
    const { url } = request
    if (!isForEverybody(request)) return undefined
    let kept = keptPages.fresh(url, now())
    const underWay = making.get(url)
    if (!kept && underWay) {
      await underWay
      kept = keptPages.fresh(url, now())
    }
    if (kept) {
      const { page, tag, link, use } = kept
      if (use) beginPage(request, site.usage, use.article)
      if (use) noteUse(request, site.usage, use)
      if (link !== undefined) reply.header('link', link)
      return sendTagged(reply, page, tag)
    }
    beginnings.set(request, keptPages.begin(now()))
    if (making.has(url)) return undefined
    const { promise, resolve } = Promise.withResolvers<void>()
    making.set(url, promise)
    endings.set(request, () => {
      making.delete(url)
      resolve()
    })
    return undefined
  })
  app.addHook('onSend', async (request) => endings.get(request)?.())
}

function isForEverybody({ routeOptions, query, cookies }: FastifyRequest): boolean {
  return routeOptions.config.kept === true && !('preview' in Object(query)) && cookies[previewCookie] === undefined
}

/** Sends a page, and keeps it for those who ask next, and for while something is unavailable. */
export function keepAndSend(
  { pages, keptPages, usage }: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  page: string | undefined,
  { link, use }: { link?: string; use?: NotedUse } = {},
): FastifyReply {
  if (page === undefined) return sendNotFound(reply, pages)
  const tag = tagOf(page)
  const begun = beginnings.get(request)
  if (begun) keptPages.keep(request.url, { page, tag, begun, ...(link !== undefined && { link }), ...(use && { use }) })
  if (use) noteUse(request, usage, use)
  if (link !== undefined) reply.header('link', link)
  return sendTagged(reply, page, tag)
}
