import type { FastifyReply, FastifyRequest } from 'fastify'
import { ArticleStoreFailed } from './article-store.ts'
import type { PageSettings } from '../pages/layout.ts'
import { messagePage } from '../pages/message-page.ts'

/** Who may keep an answer: everybody, asking each time whether it still holds; or nobody. */
export type Keeping = 'public' | 'nobody'

export function sendPage(reply: FastifyReply, page: string, keeping: Keeping = 'public'): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', keeping === 'public' ? 'public, no-cache' : 'private, no-store')
    .send(page)
}

export function sendNotFound(reply: FastifyReply, pages: PageSettings): FastifyReply {
  const sentence = 'There is no page at this address. An article may not be published yet.'
  return sendPage(reply.code(404), messagePage(pages, 'Not found', sentence), 'nobody')
}

export function sendPreviewOver(reply: FastifyReply, pages: PageSettings): FastifyReply {
  const sentence = 'Preview links are valid for a few minutes only. Open the preview again from the dashboard.'
  return sendPage(reply.code(403), messagePage(pages, 'This preview link is no longer valid', sentence), 'nobody')
}

/** Says that something went wrong; what, is for the log. */
export function sendFailure(
  error: { statusCode?: number | undefined },
  request: FastifyRequest,
  reply: FastifyReply,
  pages: PageSettings,
): FastifyReply {
  const { statusCode = 500 } = error
  if (statusCode < 500) return sendNotFound(reply, pages)
  request.log.error({ err: error }, 'a page could not be shown')
  const [status, title] =
    error instanceof ArticleStoreFailed ? [503, 'Not available at the moment'] : [500, 'Something went wrong']
  return sendPage(reply.code(status), messagePage(pages, title, 'Please try again in a few minutes.'), 'nobody')
}
