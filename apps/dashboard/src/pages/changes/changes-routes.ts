import type { App } from '@continuum/service'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { pageReply, pageRoute } from '../../http/replies.ts'
import { ContentUnavailableError, type RunPlace, type StoredFile } from '../../content/contents.ts'
import { loadArticle } from '../../project/article-rows.ts'
import { frameOf } from '../frame/frame.ts'
import { sendNotFound } from '../frame/message-page.ts'
import { sendPage } from '../frame/send-page.ts'
import { changesPage } from './changes-page.ts'
import { compareRun, type Compared } from './compared.ts'

const Id = { id: Type.String({ description: 'the number of the article' }) }
const RunParams = Type.Object({
  ...Id,
  version: Type.Integer({ minimum: 0, description: '0 while it is not known' }),
  run: Type.String({ description: 'the id of the run' }),
})
const File = Type.Object({
  file: Type.String({ pattern: '^[\\w.()+ -]{1,200}$', description: 'the name of an image, as article JSON has it' }),
})
const notFound = pageReply('There is no such article, version, run or image.')

const changesSchema = {
  ...pageRoute.contract,
  operationId: 'changesPage',
  summary: 'Show what a run changes for readers',
  params: RunParams,
  response: { 200: pageReply('The run beside what is public.'), ...pageRoute.replies, 404: notFound },
}

const imageTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/svg+xml']
const Bytes = Type.Unsafe<StoredFile['stream']>({ type: 'string', format: 'binary' })
const image = {
  200: {
    description: 'The image.',
    content: Object.fromEntries(imageTypes.map((type) => [type, { schema: Bytes }])),
  },
}

const imageSchema = {
  ...pageRoute.contract,
  operationId: 'runImage',
  summary: 'Get an image of a run',
  params: RunParams,
  querystring: File,
  response: { ...image, ...pageRoute.replies, 404: notFound },
}

const publicImageSchema = {
  ...pageRoute.contract,
  operationId: 'publicImage',
  summary: 'Get an image as it is public',
  params: Type.Object(Id),
  querystring: File,
  response: { ...image, ...pageRoute.replies, 404: notFound },
}

/** Registers what a run changes for readers, and the images of both. */
export function changesRoutes(app: App, context: WebContext): void {
  const { sql, settings, contents, logger } = context

  app.get(
    '/article/:id/:version/:run/changes',
    { schema: changesSchema, config: { role: 'reader' } },
    async (request, reply) => {
      const { id, version: number, run: runId } = request.params
      const known = await loadArticle(sql, id)
      const version = known?.article.versions.find((one) => one.number === number)
      const run = version?.runs.find((one) => one.id === runId)
      if (!known || !version || !run)
        return sendNotFound(reply, `Version ${number} of article ${id} has no run ${runId}.`)
      const { article } = known
      const compared = await compareRun(context, article, version, run).catch((error: unknown): Compared | string => {
        if (!(error instanceof ContentUnavailableError)) throw error
        logger.warn({ err: error }, 'a run could not be compared')
        return `Not compared. ${error.message} Try again in a moment.`
      })
      const frame = await frameOf(request, context)
      return sendPage(reply, 200, changesPage({ article, version, run }, compared, settings.SITE_URL), frame)
    },
  )

  const sendImage = async (reply: FastifyReply, place: RunPlace | { id: string }, name: string) => {
    const file = await contents.image(place, name)
    if (!file || !imageTypes.includes(file.mediaType)) {
      file?.stream.destroy()
      return sendNotFound(reply, `There is no image ${name}.`)
    }
    return reply.type(file.mediaType).header('cache-control', 'private, max-age=600').send(file.stream)
  }

  app.get(
    '/article/:id/:version/:run/image',
    { schema: imageSchema, config: { role: 'reader' } },
    async ({ params, query }, reply) => sendImage(reply, params, query.file),
  )

  app.get(
    '/article/:id/public-image',
    { schema: publicImageSchema, config: { role: 'reader' } },
    async ({ params: { id }, query }, reply) => sendImage(reply, { id }, query.file),
  )
}
