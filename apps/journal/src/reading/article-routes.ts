import type { FastifyInstance } from 'fastify'
import { sendNotFound, sendPage, sendPreviewOver } from './answers.ts'
import { viewOf } from './article-lookup.ts'
import { findEditions, listVersions } from '../editions/edition-store.ts'
import { articlePage } from '../pages/article-page.ts'
import { previewCookie, previewUntil } from './preview.ts'
import type { Site } from './site.ts'
import { pathOfName, readName } from './version-name.ts'

type Named = { Params: { name: string }; Querystring: Record<string, unknown> }

/**
 * The pages of articles: `/articles/00353` the newest published version, `/articles/00353v1` a version. With the signed
 * link of a preview, `?preview=<token>`, a version is shown that is not published, or the correction of one that is: the
 * link becomes a cookie for this version alone.
 */
export function addArticleRoutes(app: FastifyInstance, site: Site): void {
  const { sql, pages, previewSecret, now } = site

  app.get<Named>('/articles/:name', async (request, reply) => {
    const name = readName(request.params.name)
    if (!name) return sendNotFound(reply, pages)
    const versions = await listVersions(sql, name.article)
    const version = name.version ?? versions.at(-1)?.version
    if (version === undefined) return sendNotFound(reply, pages)
    const address = { article: name.article, version }
    const { preview, published } = await findEditions(sql, address)

    const link = request.query['preview']
    if (typeof link === 'string') {
      const until = previewUntil(previewSecret, link, address, now())
      const edition = preview ?? published
      if (!until || !edition) return sendPreviewOver(reply, pages)
      const path = pathOfName({ id: edition.eif['article-id'], version })
      const maxAge = Math.ceil(until.since(now()).total('seconds'))
      const secure = request.protocol === 'https'
      reply.setCookie(previewCookie, link, { path, maxAge, httpOnly: true, sameSite: 'lax', secure })
      return reply.header('cache-control', 'private, no-store').redirect(path, 303)
    }

    const until = preview && previewUntil(previewSecret, request.cookies[previewCookie], address, now())
    if (until) return sendPage(reply, articlePage(pages, await viewOf(site, preview, versions, until)), 'nobody')
    if (!published) return sendNotFound(reply, pages)
    const path = pathOfName({ ...name, id: published.eif['article-id'] })
    if (path !== pathOfName(name)) return reply.redirect(path, 302)
    return sendPage(reply, articlePage(pages, await viewOf(site, published, versions, undefined)))
  })
}
