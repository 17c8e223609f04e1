import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { requestRerun } from '../../publish/request-rerun.ts'
import { dismissRun } from '../../publish/dismiss-run.ts'
import { articlePath, readRunRef } from '../elements/addresses.ts'

const RerunForm = Type.Object({ article: Type.String() })

const DismissForm = Type.Object({
  article: Type.String(),
  back: Type.Optional(Type.Literal('true')),
  from: Type.Optional(Type.Literal('current')),
})

/** Registers the actions on a run that has ended: run its package again, dismiss it, or restore it. */
export function runRoutes(app: FastifyInstance, { sql, settings, sendRequests }: WebContext): void {
  const { PREVIEW_BASE_URL: previewBaseUrl } = settings

  app.post<{ Body: { article: string } }>('/run-again', { schema: { body: RerunForm } }, async (request, reply) => {
    const ref = readRunRef(request.body.article)
    if (!ref) return reply.redirect('/current', 303)
    const batch = randomUUID()
    await requestRerun(sql, ref.id, ref.run, { by: request.member?.name ?? '', batch, previewBaseUrl })
    await sendRequests()
    return reply.redirect(`/publications/${batch}`, 303)
  })

  app.post<{ Body: { article: string; back?: 'true'; from?: 'current' } }>(
    '/set-aside',
    { schema: { body: DismissForm } },
    async (request, reply) => {
      const { article, back, from } = request.body
      const ref = readRunRef(article)
      if (!ref) return reply.redirect('/current', 303)
      await dismissRun(sql, ref, back === 'true', { by: request.member?.name ?? '', previewBaseUrl })
      return reply.redirect(from ? '/current' : articlePath(ref.id, ref.version, ref.run), 303)
    },
  )
}
