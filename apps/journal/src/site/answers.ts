import { createHash } from 'node:crypto'
import { emptyReply, isDatabaseUnavailable } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ArticleStoreError } from './article-store.ts'
import { findRecord } from '../editions/record-store.ts'
import type { PageSettings } from '../pages/layout.ts'
import { messagePage } from '../pages/message-page.ts'
import type { Site } from './site.ts'

/** The permission to cache a reply: for everybody, revalidating each time; or for nobody. */
export type CachePolicy = 'public' | 'none'

/** Declares a reply that is a page. */
export function pageReply(description: string) {
  return { description, content: { 'text/html': { schema: Type.String() } } }
}

/** Declares the replies of an address with a page that everybody may keep: the page, or that it has not changed. */
export function pageReplies(description: string) {
  return { 200: pageReply(description), 304: emptyReply('The page has not changed (If-None-Match).') }
}

export const notFoundReply = pageReply('No page is at this address, or the article is not published.')
export const failureReply = pageReply('The page could not be shown; 503 where the article store is unavailable.')

/** Sends a page. One that may be kept has an entity tag, of which the numbers that are filled in later are no part. */
export function sendPage(reply: FastifyReply, page: string, cache: CachePolicy = 'public'): FastifyReply {
  if (cache === 'public') return sendTagged(reply, page, tagOf(page))
  return reply.header('cache-control', 'private, no-store').type('text/html; charset=utf-8').send(page)
}

/** Returns the entity tag of a page, quoted. */
export function tagOf(page: string): string {
  return `"${createHash('sha1').update(page).digest('base64url')}"`
}

/** Sends a page that may be kept, whose entity tag is known. */
export function sendTagged(reply: FastifyReply, page: string, tag: string): FastifyReply {
  reply.header('cache-control', 'public, no-cache').header('etag', `W/${tag}`)
  if (reply.statusCode === 200 && isKnown(reply.request, tag)) return reply.code(304).send()
  return reply.type('text/html; charset=utf-8').send(page)
}

/** Tells if the client has what an entity tag names. */
export function isKnown({ headers }: FastifyRequest, tag: string): boolean {
  return (headers['if-none-match'] ?? '').split(/\s*,\s*/).some((known) => known.replace(/^W\//, '') === tag)
}

export function sendNotFound(reply: FastifyReply, pages: PageSettings): FastifyReply {
  const sentence = 'There is no page at this address. If you are looking for an article, it may not be published yet.'
  return sendPage(reply.code(404), messagePage(pages, 'Page not found', sentence), 'none')
}

/** Answers the address of an article that was public, and is no longer. */
function sendGone(reply: FastifyReply, pages: PageSettings, reason = ''): FastifyReply {
  const sentence = `This article was published here, and has been withdrawn. ${reason}`.trim()
  return sendPage(reply.code(410), messagePage(pages, 'Article withdrawn', sentence), 'none')
}

/** Declares the replies of an address below an article that is not public. */
export const absenceReplies = { 404: notFoundReply, 410: pageReply('The article has been withdrawn.') }

/**
 * Answers an address of an article that is not public: 410 with the reason where it was and nothing of it is any more, else 404.
 *
 * @param article undefined where the address names none
 */
export async function sendAbsence(
  { sql, pages }: Pick<Site, 'sql' | 'pages'>,
  reply: FastifyReply,
  article: string | undefined,
): Promise<FastifyReply> {
  const record = article === undefined ? undefined : await findRecord(sql, article)
  const isGone = record !== undefined && record.version === undefined
  return isGone ? sendGone(reply, pages, record.reason) : sendNotFound(reply, pages)
}

export function sendPreviewOver(reply: FastifyReply, pages: PageSettings): FastifyReply {
  const sentence = 'Preview links expire after a few minutes. Open the preview again from the dashboard.'
  return sendPage(reply.code(403), messagePage(pages, 'This preview link has expired', sentence), 'none')
}

/** Answers an error with a page; the log says what happened. */
export function sendFailure(
  error: { statusCode?: number | undefined },
  request: FastifyRequest,
  reply: FastifyReply,
  pages: PageSettings,
): FastifyReply {
  const { statusCode = 500 } = error
  if (statusCode < 500 && !isUnavailable(error)) return sendNotFound(reply, pages)
  request.log.error({ err: error }, 'page failed')
  const [status, title] = isUnavailable(error) ? [503, 'Temporarily unavailable'] : [500, 'Something went wrong']
  return sendPage(reply.code(status), messagePage(pages, title, 'Please try again in a few minutes.'), 'none')
}

/** Tells that the database or the article store is unavailable, so that a later request may succeed. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof ArticleStoreError || isDatabaseUnavailable(error)
}
