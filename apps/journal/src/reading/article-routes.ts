import { emptyReply, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ArticleStoreError, emptyStore } from '../site/article-store.ts'
import { keepAndSend } from '../site/kept-answers.ts'
import { marked } from '../site/kept-pages.ts'
import {
  absenceReplies,
  failureReply,
  isUnavailable,
  pageReplies,
  pageReply,
  sendAbsence,
  sendNotFound,
  sendPage,
  sendPreviewOver,
} from '../site/answers.ts'
import { linkHeader } from '../indexing/signposting.ts'
import { factsOfView } from '../pages/article-metadata.ts'
import { viewOf } from './article-lookup.ts'
import { findEditions, listVersions } from '../editions/edition-store.ts'
import { articlePage } from '../pages/article-page.ts'
import { figuresPage, peerReviewPage } from '../pages/article-parts.ts'
import type { ArticleView } from '../pages/article-view.ts'
import { beginPage } from '../usage/hooks.ts'
import { previewCookie, previewUntil } from '../site/preview.ts'
import type { Site } from '../site/site.ts'
import type { PageSettings } from '../pages/layout.ts'
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
    ...pageReplies('The article.'),
    302: emptyReply('To the address with the id as it is published.'),
    303: emptyReply('To the preview, with its cookie.'),
    403: pageReply('The preview link has expired or is not valid.'),
    ...absenceReplies,
    '5xx': failureReply,
  },
}

const config = { kept: true }

const withoutText = 'The text of this article is unavailable at the moment. Please try again in a few minutes.'

const partSchema = (operationId: string, summary: string) => {
  const { querystring: _query, ...rest } = schema
  return { ...rest, operationId, summary, response: { ...rest.response, ...pageReplies('The page.') } }
}

/** A page of an article: its address below the article's own, and how it is made. */
interface ArticlePageKind {
  suffix: '' | '/figures' | '/peer-review'
  /** Returns undefined where the article has no such page. */
  render: (pages: PageSettings, view: ArticleView) => string | undefined
  use: (view: ArticleView) => 'full' | 'abstract'
}

/**
 * Adds the pages of articles: `/articles/00353` shows the newest published version, `/articles/00353v1` a version; below them are
 * the pages of its figures and of its peer review. A signed preview link, `?preview=<token>`, shows an unpublished version or a
 * correction that waits: it becomes a cookie for this version alone.
 */
export function addArticleRoutes(app: App, site: Site): void {
  const whole: ArticlePageKind = {
    suffix: '',
    render: articlePage,
    use: ({ article }) => (article.status === 'vor' ? 'full' : 'abstract'),
  }
  app.get('/articles/:name', { config, schema }, async (request, reply) =>
    answerArticle(site, whole, request.params.name, request.query.preview, request, reply),
  )
  const figures: ArticlePageKind = { suffix: '/figures', render: figuresPage, use: () => 'abstract' }
  app.get(
    '/articles/:name/figures',
    { config, schema: partSchema('figures', 'Show the figures, tables and videos of an article') },
    async (request, reply) => answerArticle(site, figures, request.params.name, undefined, request, reply),
  )
  const reviews: ArticlePageKind = { suffix: '/peer-review', render: peerReviewPage, use: () => 'abstract' }
  app.get(
    '/articles/:name/peer-review',
    { config, schema: partSchema('peerReview', 'Show the peer review of an article') },
    async (request, reply) => answerArticle(site, reviews, request.params.name, undefined, request, reply),
  )
}

/** @param link the token of a preview link */
async function answerArticle(
  site: Site,
  kind: ArticlePageKind,
  written: string,
  link: string | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { sql, pages, journals, previewSecret, keptPages, now } = site
  const name = readName(written, journals)
  if (!name) return sendNotFound(reply, pages)
  const versions = await listVersions(sql, name.article)
  const version = name.version ?? versions.at(-1)?.version
  if (version === undefined) {
    keptPages.forget(request.url)
    return sendAbsence(site, reply, name.article)
  }
  const address = { article: name.article, version }
  const { preview, published } = await findEditions(sql, address)

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
  if (until) {
    const page = kind.render(pages, await viewOf(site, preview, versions, until))
    return page === undefined ? sendNotFound(reply, pages) : sendPage(reply, page, 'none')
  }
  if (!published) {
    keptPages.forget(request.url)
    return sendAbsence(site, reply, name.article)
  }
  const path = pathOfName({ ...name, id: published.eif['article-id'] })
  if (path !== pathOfName(name)) return reply.redirect(path + kind.suffix, 302)
  beginPage(request, site.usage, name.article)
  try {
    const view = await viewOf(site, published, versions, undefined)
    return keepAndSend(site, request, reply, kind.render(pages, view), {
      link: linkHeader(factsOfView(view, pages.siteUrl)),
      use: { article: name.article, use: kind.use(view) },
    })
  } catch (error) {
    const copy = isUnavailable(error) ? keptPages.copy(request.url) : undefined
    if (!(error instanceof ArticleStoreError) || copy !== undefined || kind.suffix !== '') throw error
    // Never shown before: what the site itself knows of the article is better than nothing.
    request.log.warn({ err: error }, 'an article was shown without its text')
    const known = articlePage(
      pages,
      await viewOf({ ...site, articleStore: emptyStore }, published, versions, undefined),
    )
    return sendPage(reply.code(503), marked(known, withoutText), 'none')
  }
}
