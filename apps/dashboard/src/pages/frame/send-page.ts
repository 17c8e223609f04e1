import type { FastifyReply } from 'fastify'
import { pageHtml, type Frame, type Page } from './layout.ts'

/** Sends a page that no cache may keep. */
export function sendPage(reply: FastifyReply, status: number, page: Page, frame: Frame = {}): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(pageHtml(page, frame))
}
