import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { loadArticle } from '../../project/article-rows.ts'
import { requestsOfBatch } from '../../store/requests.ts'
import { takeBack } from '../../publish/take-back.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { publicationsPage, type BatchItem } from './publications-page.ts'

const batchSchema = {
  ...pageRoute.contract,
  operationId: 'requestsPage',
  summary: 'Show the outcomes of requests that were made together',
  params: Type.Object({ batch: Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'a UUID' }) }),
  response: { 200: pageReply('The outcomes.'), ...pageRoute.replies },
}

const takeBackSchema = {
  ...formRoute.contract,
  operationId: 'takeBack',
  summary: 'Take publications back that are not sent yet',
  params: Type.Object({ batch: Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'a UUID' }) }),
  body: Type.Optional(Type.Object(CsrfField)),
  response: { 303: redirectReply('To the outcomes of the requests.'), ...formRoute.replies },
}

/** Registers the page of the outcomes of requests, and taking back those that are held. */
export function publicationsRoutes(app: App, context: WebContext): void {
  const { sql, settings } = context

  app.get('/publications/:batch', { schema: batchSchema, config: { role: 'reader' } }, async (request, reply) => {
    const items: BatchItem[] = []
    for (const made of await requestsOfBatch(sql, request.params.batch)) {
      const known = await loadArticle(sql, made.article)
      items.push({ request: made, article: known?.article, requests: known?.requests ?? [] })
    }
    const frame = await frameOf(request, context)
    return sendPage(reply, 200, publicationsPage(items, request.params.batch, frame), frame)
  })

  app.post(
    '/publications/:batch/take-back',
    { schema: takeBackSchema, config: { role: 'publisher' } },
    async (request, reply) => {
      const { batch } = request.params
      await takeBack(sql, batch, { by: request.member?.name ?? '', previewBaseUrl: settings.PREVIEW_BASE_URL })
      return reply.redirect(`/publications/${batch}`, 303)
    },
  )
}
