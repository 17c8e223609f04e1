import { randomUUID } from 'node:crypto'
import type { App } from '@continuum/service'
import { Type, type Static } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { propertiesOf, textOf } from '../../derive/history/article.ts'
import { judgePublication } from '../../derive/rules/publishable.ts'
import { requestPublication } from '../../publish/request-publication.ts'
import { loadArticle } from '../../project/article-rows.ts'
import { requestsOfBatch } from '../../store/requests.ts'
import { readRunRef, type RunRef } from '../elements/addresses.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { publicationsPage, type BatchItem } from './publications-page.ts'
import { publishPage, type Selected } from './publish-page.ts'

const SelectedRuns = {
  article: Type.Optional(
    Type.Union([Type.Array(Type.String()), Type.String()], { description: 'runs, as `<article>/<version>/<run>`' }),
  ),
  force: Type.Optional(Type.String({ description: '`true` to publish again' })),
}
const PublishForm = Type.Object({
  ...SelectedRuns,
  why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason, for the activity log' })),
  ...CsrfField,
})

const confirmSchema = {
  ...pageRoute.contract,
  operationId: 'confirmPublication',
  summary: 'Ask for confirmation before publishing runs',
  querystring: Type.Object(SelectedRuns),
  response: { 200: pageReply('The runs that will be published.'), ...pageRoute.replies },
}

const publishSchema = {
  ...formRoute.contract,
  operationId: 'publish',
  summary: 'Publish runs',
  body: PublishForm,
  response: { 303: redirectReply('To the outcomes of the requests.'), ...formRoute.replies },
}

const batchSchema = {
  ...pageRoute.contract,
  operationId: 'requestsPage',
  summary: 'Show the outcomes of requests that were made together',
  params: Type.Object({ batch: Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'a UUID' }) }),
  response: { 200: pageReply('The outcomes.'), ...pageRoute.replies },
}

/** Registers publishing, of one article or several: the confirmation page, the action, and the page of outcomes. */
export function publishRoutes(app: App, context: WebContext): void {
  const { sql, settings, sendRequests } = context

  app.get('/publish', { schema: confirmSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const force = request.query.force === 'true'
    const selected: Selected[] = []
    for (const ref of runRefsOf(request.query)) selected.push(await lookUp(context, ref, force))
    const frame = await frameOf(request, context)
    return sendPage(reply, 200, publishPage(selected, force, frame), frame)
  })

  app.post('/publish', { schema: publishSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const batch = randomUUID()
    const { member, body } = request
    const requester = {
      by: member?.name ?? '',
      why: body.why?.trim(),
      batch,
      previewBaseUrl: settings.PREVIEW_BASE_URL,
    }
    const force = request.body.force === 'true'
    for (const ref of runRefsOf(request.body)) await requestPublication(sql, { ...ref, force }, requester)
    await sendRequests()
    return reply.redirect(`/publications/${batch}`, 303)
  })

  app.get('/publications/:batch', { schema: batchSchema, config: { role: 'reader' } }, async (request, reply) => {
    const items: BatchItem[] = []
    for (const made of await requestsOfBatch(sql, request.params.batch)) {
      const known = await loadArticle(sql, made.article)
      items.push({ request: made, article: known?.article, requests: known?.requests ?? [] })
    }
    const frame = await frameOf(request, context)
    return sendPage(reply, 200, publicationsPage(items), frame)
  })
}

async function lookUp({ sql }: WebContext, ref: RunRef, force: boolean): Promise<Selected> {
  const known = await loadArticle(sql, ref.id)
  const version = known?.article.versions.find(({ number }) => number === ref.version)
  const { version: target, run } = ref
  return {
    ref,
    title: known && version && textOf(propertiesOf(known.article, version), 'title'),
    verdict: judgePublication(known?.article, known?.requests ?? [], { version: target, run, force }),
  }
}

function runRefsOf({ article = [] }: Static<typeof PublishForm>): RunRef[] {
  return [article].flat().flatMap((text) => readRunRef(text) ?? [])
}
