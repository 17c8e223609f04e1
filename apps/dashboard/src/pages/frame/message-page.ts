import type { FastifyReply } from 'fastify'
import { html, type Html } from '@continuum/service'
import type { Page } from './layout.ts'
import { sendPage } from './send-page.ts'

/** A page with a heading and a short text. */
export function messagePage(title: string, text: Html): Page {
  return {
    title,
    main: html`<section class="message">
      <h1>${title}</h1>
      ${text}
    </section>`,
  }
}

/** Answers with "Page not found" and the reason. */
export function sendNotFound(reply: FastifyReply, reason: string): FastifyReply {
  const text = html`<p>${reason}</p>
    <p><a href="/current">Current articles</a></p>`
  return sendPage(reply, 404, messagePage('Page not found', text))
}
