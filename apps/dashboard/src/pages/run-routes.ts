import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Dashboard } from '../dashboard.ts'
import { requestRerun } from '../publish/request-rerun.ts'
import { setAside } from '../publish/set-aside.ts'
import { articlePath, readChoice } from './addresses.ts'

const Chosen = Type.Object({ article: Type.String() })

const Aside = Type.Object({
  article: Type.String(),
  back: Type.Optional(Type.Literal('true')),
  from: Type.Optional(Type.Literal('current')),
})

/** What can be done about a run that has come to nothing: run its package again, or set it aside. */
export function runRoutes(app: FastifyInstance, { sql, settings, sendRequests }: Dashboard): void {
  const { PREVIEW_BASE_URL: previewBaseUrl } = settings

  app.post<{ Body: { article: string } }>('/run-again', { schema: { body: Chosen } }, async (request, reply) => {
    const choice = readChoice(request.body.article)
    if (!choice) return reply.redirect('/current', 303)
    const batch = randomUUID()
    await requestRerun(sql, choice.id, choice.run, { by: request.member?.name ?? '', batch, previewBaseUrl })
    await sendRequests()
    return reply.redirect(`/publications/${batch}`, 303)
  })

  app.post<{ Body: { article: string; back?: 'true'; from?: 'current' } }>(
    '/set-aside',
    { schema: { body: Aside } },
    async (request, reply) => {
      const { article, back, from } = request.body
      const choice = readChoice(article)
      if (!choice) return reply.redirect('/current', 303)
      await setAside(sql, choice, back === 'true', { by: request.member?.name ?? '', previewBaseUrl })
      return reply.redirect(from ? '/current' : articlePath(choice.id, choice.version, choice.run), 303)
    },
  )
}
