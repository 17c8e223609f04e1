import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Dashboard } from '../dashboard.ts'
import { propertiesOf, textOf } from '../derive/article.ts'
import { judgePublication } from '../derive/publishable.ts'
import { requestPublication } from '../publish/request-publication.ts'
import { loadArticle } from '../store/articles.ts'
import { requestsOfBatch } from '../store/requests.ts'
import { sendPage } from '../sign-in/routes.ts'
import { readChoice, type Choice } from './addresses.ts'
import { frameOf } from './frame.ts'
import { pageHtml } from './layout.ts'
import { publicationsPage, type BatchItem } from './publications-page.ts'
import { publishPage, type Chosen } from './publish-page.ts'

const Choices = Type.Object({
  article: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()])),
  force: Type.Optional(Type.String()),
})

interface Form {
  article?: string | string[]
  force?: string
}

const Batch = Type.Object({ batch: Type.String({ pattern: '^[0-9a-f-]{36}$' }) })

/** Publishing, one article or many: a question, the deed, and what became of each. */
export function publishRoutes(app: FastifyInstance, dashboard: Dashboard): void {
  const { sql, settings, sendRequests } = dashboard

  app.get<{ Querystring: Form }>('/publish', { schema: { querystring: Choices } }, async (request, reply) => {
    const force = request.query.force === 'true'
    const chosen: Chosen[] = []
    for (const choice of choicesOf(request.query)) chosen.push(await lookUp(dashboard, choice, force))
    const frame = await frameOf(request, dashboard)
    return sendPage(reply, 200, pageHtml(publishPage(chosen, force, frame), frame))
  })

  app.post<{ Body: Form }>('/publish', { schema: { body: Choices } }, async (request, reply) => {
    const batch = randomUUID()
    const asking = { by: request.member?.name ?? '', batch, previewBaseUrl: settings.PREVIEW_BASE_URL }
    const force = request.body.force === 'true'
    for (const choice of choicesOf(request.body)) await requestPublication(sql, { ...choice, force }, asking)
    await sendRequests()
    return reply.redirect(`/publications/${batch}`, 303)
  })

  app.get<{ Params: { batch: string } }>(
    '/publications/:batch',
    { schema: { params: Batch } },
    async (request, reply) => {
      const items: BatchItem[] = []
      for (const asked of await requestsOfBatch(sql, request.params.batch)) {
        const known = await loadArticle(sql, asked.article)
        items.push({ request: asked, article: known?.article, requests: known?.requests ?? [] })
      }
      const frame = await frameOf(request, dashboard)
      return sendPage(reply, 200, pageHtml(publicationsPage(items), frame))
    },
  )
}

async function lookUp({ sql }: Dashboard, choice: Choice, force: boolean): Promise<Chosen> {
  const known = await loadArticle(sql, choice.id)
  const version = known?.article.versions.find(({ number }) => number === choice.version)
  const { version: wanted, run } = choice
  return {
    choice,
    title: known && version && textOf(propertiesOf(known.article, version), 'title'),
    verdict: judgePublication(known?.article, known?.requests ?? [], { version: wanted, run, force }),
  }
}

function choicesOf({ article = [] }: Form): Choice[] {
  return [article].flat().flatMap((text) => readChoice(text) ?? [])
}
