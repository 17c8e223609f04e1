import { randomUUID } from 'node:crypto'
import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, redirectReply } from '../../http/replies.ts'
import { requestRerun } from '../../publish/request-rerun.ts'
import { dismissRun } from '../../publish/dismiss-run.ts'
import { articlePath, readRunRef } from '../elements/addresses.ts'

const why = { why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason, for the activity log' })) }

const RunField = { article: Type.String({ description: 'the run, as `<article>/<version>/<run>`' }) }

const rerunSchema = {
  ...formRoute.contract,
  operationId: 'rerun',
  summary: "Run a run's package again",
  body: Type.Object({ ...RunField, ...why, ...CsrfField }),
  response: { 303: redirectReply('To the outcome of the request.'), ...formRoute.replies },
}

const dismissSchema = {
  ...formRoute.contract,
  operationId: 'dismissRun',
  summary: 'Dismiss a run that has ended, or restore it',
  body: Type.Object({
    ...RunField,
    back: Type.Optional(Type.Literal('true', { description: 'restore the run' })),
    ...why,
    from: Type.Optional(Type.Literal('current', { description: 'return to the list' })),
    ...CsrfField,
  }),
  response: { 303: redirectReply('To the run, or to the current articles.'), ...formRoute.replies },
}

/** Registers the actions on a run that has ended: run its package again, dismiss it, or restore it. */
export function runRoutes(app: App, { sql, settings, sendRequests }: WebContext): void {
  const { PREVIEW_BASE_URL: previewBaseUrl } = settings

  app.post('/run-again', { schema: rerunSchema, config: { role: 'editor' } }, async (request, reply) => {
    const ref = readRunRef(request.body.article)
    if (!ref) return reply.redirect('/current', 303)
    const batch = randomUUID()
    await requestRerun(sql, ref.id, ref.run, {
      by: request.member?.name ?? '',
      why: request.body.why,
      batch,
      previewBaseUrl,
    })
    await sendRequests()
    return reply.redirect(`/publications/${batch}`, 303)
  })

  app.post('/set-aside', { schema: dismissSchema, config: { role: 'editor' } }, async (request, reply) => {
    const { article, back, from, why: reason } = request.body
    const ref = readRunRef(article)
    if (!ref) return reply.redirect('/current', 303)
    await dismissRun(sql, ref, back === 'true', { by: request.member?.name ?? '', why: reason, previewBaseUrl })
    return reply.redirect(from ? '/current' : articlePath(ref.id, ref.version, ref.run), 303)
  })
}
