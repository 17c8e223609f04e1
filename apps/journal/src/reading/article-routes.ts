import { emptyReply, type App } from '@continuum/service'
import { Type } from 'typebox'
import { ArticleStoreError, emptyStore } from './article-store.ts'
import { marked } from './last-pages.ts'
import {
  failureReply,
  isUnavailable,
  notFoundReply,
  pageReply,
  sendGone,
  sendNotFound,
  sendPage,
  sendPreviewOver,
} from './answers.ts'
import { findRecord } from '../editions/record-store.ts'
import { linkHeader } from '../indexing/signposting.ts'
import { factsOfView } from '../pages/article-metadata.ts'
import { viewOf } from './article-lookup.ts'
import { findEditions, listVersions } from '../editions/edition-store.ts'
import { articlePage } from '../pages/article-page.ts'
import { beginPage, noteUse } from '../usage/hooks.ts'
import { previewCookie, previewUntil } from './preview.ts'
import type { Site } from './site.ts'
import { pathOfName, readName } from './version-name.ts'

const schema = {
  tags: ['reading'],
  security: [{}, { preview: [] }],
  operationId: 'article',
  summary: 'Show an article: its newest published version, a version, or with a preview link an unpublished one',
  params: Type.Object({ name: Type.String({ examples: ['00353', '00353v1'] }) }),
  querystring: Type.Object({
    preview: Type.Optional(Type.String({ description: 'the signed token of a preview link; it becomes a cookie' })),
  }),
  response: {
    200: pageReply('The article.'),
    302: emptyReply('To the address with the id as it is published.'),
    303: emptyReply('To the preview, with its cookie.'),
    403: pageReply('The preview link has expired or is not valid.'),
    404: notFoundReply,
    410: pageReply('The article has been withdrawn.'),
    '5xx': failureReply,
  },
}

const withoutText = 'The text of this article is unavailable at the moment. Please try again in a few minutes.'

/**
 * Adds the pages of articles: `/articles/00353` shows the newest published version, `/articles/00353v1` a version. A signed
 * preview link, `?preview=<token>`, shows an unpublished version or a correction that waits: it becomes a cookie for this
 * version alone.
 */
export function addArticleRoutes(app: App, site: Site): void {
  const { sql, pages, journals, previewSecret, lastPages, now } = site

  app.get('/articles/:name', { schema }, async (request, reply) => {
    const name = readName(request.params.name, journals)
    if (!name) return sendNotFound(reply, pages)
    const versions = await listVersions(sql, name.article)
    const version = name.version ?? versions.at(-1)?.version
    if (version === undefined) {
      lastPages.forget(request.url)
      const record = await findRecord(sql, name.article)
      return record ? sendGone(reply, pages, record.reason) : sendNotFound(reply, pages)
    }
    const address = { article: name.article, version }
    const { preview, published } = await findEditions(sql, address)

    const { preview: link } = request.query
    if (link !== undefined) {
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
    if (until) return sendPage(reply, articlePage(pages, await viewOf(site, preview, versions, until)), 'none')
    if (!published) {
      lastPages.forget(request.url)
      const record = await findRecord(sql, name.article)
      const isGone = record !== undefined && record.version === undefined
      return isGone ? sendGone(reply, pages, record.reason) : sendNotFound(reply, pages)
    }
    const path = pathOfName({ ...name, id: published.eif['article-id'] })
    if (path !== pathOfName(name)) return reply.redirect(path, 302)
    beginPage(request, site.usage, name.article)
    try {
      const view = await viewOf(site, published, versions, undefined)
      const page = articlePage(pages, view)
      lastPages.keep(request.url, page, now())
      noteUse(request, site.usage, { article: name.article, use: view.article.status === 'vor' ? 'full' : 'abstract' })
      reply.header('link', linkHeader(factsOfView(view, pages.siteUrl)))
      return sendPage(reply, page)
    } catch (error) {
      const copy = isUnavailable(error) ? lastPages.find(request.url) : undefined
      if (!(error instanceof ArticleStoreError) || copy !== undefined) throw error
      // Never shown before: what the site itself knows of the article is better than nothing.
      request.log.warn({ err: error }, 'an article was shown without its text')
      const known = articlePage(
        pages,
        await viewOf({ ...site, articleStore: emptyStore }, published, versions, undefined),
      )
      return sendPage(reply.code(503), marked(known, withoutText), 'none')
    }
  })
}
