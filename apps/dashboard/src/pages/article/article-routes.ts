import { signToken } from '@continuum/service'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { currentOf } from '../../derive/history/article.ts'
import { loadArticle } from '../../project/article-rows.ts'
import { articlePath, sitePath } from '../elements/addresses.ts'
import { articlePage } from './article-page.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { sendNotFound } from '../frame/message-page.ts'

const previewSeconds = 600

const Params = Type.Object({
  id: Type.String(),
  version: Type.Optional(Type.Integer({ minimum: 0 })),
  run: Type.Optional(Type.String()),
})

interface Address {
  id: string
  version?: number
  run?: string
}

/** Registers the pages about articles. A path without a version or run redirects to the latest one. */
export function articleRoutes(app: FastifyInstance, context: WebContext): void {
  const { sql, settings } = context

  app.get<{ Params: Address }>('/article/:id', { schema: { params: Params } }, async ({ params: { id } }, reply) => {
    const known = await loadArticle(sql, id)
    const current = known && currentOf(known.article)
    if (!current?.run) return sendNotFound(reply, `There is no article ${id}.`)
    return reply.redirect(articlePath(id, current.run.version, current.run.id), 302)
  })

  app.get<{ Params: Required<Address> }>(
    '/article/:id/:version',
    { schema: { params: Params } },
    async ({ params: { id, version } }, reply) => {
      const known = await loadArticle(sql, id)
      const run = known?.article.versions.find(({ number }) => number === version)?.runs.at(-1)
      if (!run) return sendNotFound(reply, `Article ${id} has no version ${version}.`)
      return reply.redirect(articlePath(id, version, run.id), 302)
    },
  )

  app.get<{ Params: Required<Address> }>(
    '/article/:id/:version/:run',
    { schema: { params: Params } },
    async (request, reply) => {
      const { id, version: number, run: runId } = request.params
      const known = await loadArticle(sql, id)
      const version = known?.article.versions.find((one) => one.number === number)
      if (!known || !version) return sendNotFound(reply, `Article ${id} has no version ${number}.`)
      const run = version.runs.find((one) => one.id === runId)
      if (!run) return sendNotFound(reply, `Version ${number} of article ${id} has no run ${runId}.`)
      const frame = await frameOf(request, context)
      return sendPage(reply, 200, articlePage({ known, version, run }, frame, settings.SITE_URL), frame)
    },
  )

  app.get<{ Params: Required<Address> }>(
    '/article/:id/:version/preview',
    { schema: { params: Params } },
    async ({ params: { id, version } }, reply) => {
      const exp = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + previewSeconds
      const preview = signToken(settings.PREVIEW_SECRET, { article: id, version, exp })
      return reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(`${sitePath(settings.SITE_URL, id, version)}?${new URLSearchParams({ preview }).toString()}`, 303)
    },
  )
}
