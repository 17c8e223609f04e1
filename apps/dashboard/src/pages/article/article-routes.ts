import { signToken, type App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { DepositsUnavailableError } from '../../http/deposits-client.ts'
import { pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { currentOf } from '../../derive/history/article.ts'
import { hasSentContent } from '../../derive/rules/publishable.ts'
import { recordLook } from '../../store/preview-looks.ts'
import { activityLog } from '../../store/activity.ts'
import { assignableAccounts, assigneeOf } from '../../store/assignments.ts'
import { loadArticle } from '../../project/article-rows.ts'
import { articlePath, sitePath } from '../elements/addresses.ts'
import { zoneOf } from '../elements/local-times.ts'
import { articlePage } from './article-page.ts'
import type { ShownDeposits } from './article-deposits.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { sendNotFound } from '../frame/message-page.ts'

const previewSeconds = 600
const maxLog = 500

const Id = { id: Type.String({ description: 'the number of the article' }) }
const Version = { version: Type.Integer({ minimum: 0, description: '0 while it is not known' }) }
const Run = { run: Type.String({ description: 'the id of the run' }) }

const notFound = pageReply('There is no such article, version or run.')

const latestSchema = {
  ...pageRoute.contract,
  operationId: 'latestVersion',
  summary: 'Go to the latest run of an article',
  params: Type.Object(Id),
  response: { ...pageRoute.replies, 302: redirectReply('To the run.'), 404: notFound },
}

const versionSchema = {
  ...pageRoute.contract,
  operationId: 'latestRun',
  summary: 'Go to the latest run of a version',
  params: Type.Object({ ...Id, ...Version }),
  response: { ...pageRoute.replies, 302: redirectReply('To the run.'), 404: notFound },
}

const runSchema = {
  ...pageRoute.contract,
  operationId: 'articlePage',
  summary: 'Show a run of an article',
  params: Type.Object({ ...Id, ...Version, ...Run }),
  response: { 200: pageReply('The run.'), ...pageRoute.replies, 404: notFound },
}

const previewSchema = {
  ...pageRoute.contract,
  operationId: 'preview',
  summary: 'Go to the preview of a version on the site',
  params: Type.Object({ ...Id, ...Version }),
  response: { ...pageRoute.replies, 303: redirectReply('To the preview, by a signed link, or to the sign-in page.') },
}

/** Registers the pages about articles. A path without a version or run redirects to the latest one. */
export function articleRoutes(app: App, context: WebContext): void {
  const { sql, settings } = context

  app.get('/article/:id', { schema: latestSchema, config: { role: 'reader' } }, async ({ params: { id } }, reply) => {
    const known = await loadArticle(sql, id)
    const current = known && currentOf(known.article)
    if (!current?.run) return sendNotFound(reply, `There is no article ${id}.`)
    return reply.redirect(articlePath(id, current.run.version, current.run.id), 302)
  })

  app.get(
    '/article/:id/:version',
    { schema: versionSchema, config: { role: 'reader' } },
    async ({ params: { id, version } }, reply) => {
      const known = await loadArticle(sql, id)
      const run = known?.article.versions.find(({ number }) => number === version)?.runs.at(-1)
      if (!run) return sendNotFound(reply, `Article ${id} has no version ${version}.`)
      return reply.redirect(articlePath(id, version, run.id), 302)
    },
  )

  app.get('/article/:id/:version/:run', { schema: runSchema, config: { role: 'reader' } }, async (request, reply) => {
    const { id, version: number, run: runId } = request.params
    const known = await loadArticle(sql, id)
    const version = known?.article.versions.find((one) => one.number === number)
    if (!known || !version) return sendNotFound(reply, `Article ${id} has no version ${number}.`)
    const run = version.runs.find((one) => one.id === runId)
    if (!run) return sendNotFound(reply, `Version ${number} of article ${id} has no run ${runId}.`)
    const frame = await frameOf(request, context)
    const deposits = run.status?.value === 'published' ? await depositsOf(context, id, runId) : []
    const [log, assignee, assignable] = await Promise.all([
      activityLog(sql, { article: id }, maxLog),
      assigneeOf(sql, id),
      assignableAccounts(sql),
    ])
    const desk = { log, assignee, assignable, mail: settings.MAIL }
    const page = articlePage({ known, version, run }, { deposits, desk }, frame, {
      siteUrl: settings.SITE_URL,
      zone: zoneOf(context.journals, id),
    })
    return sendPage(reply, 200, page, frame)
  })

  app.get(
    '/article/:id/:version/preview',
    { schema: previewSchema, config: { role: 'reader' } },
    async ({ params: { id, version }, member }, reply) => {
      await keepLook(context, id, version, member?.name ?? '')
      const exp = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + previewSeconds
      const preview = signToken(settings.PREVIEW_SECRET, { article: id, version, exp })
      return reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(`${sitePath(settings.SITE_URL, id, version)}?${new URLSearchParams({ preview }).toString()}`, 303)
    },
  )
}

/** Keeps who looked at the preview: it shows the last content of the version that lax and the site got. */
async function keepLook({ sql }: WebContext, article: string, version: number, account: string): Promise<void> {
  const known = await loadArticle(sql, article)
  const runs = known?.article.versions.find(({ number }) => number === version)?.runs ?? []
  const run = runs.findLast(hasSentContent)
  if (run) await recordLook(sql, { article, version, run: run.id, account })
}

/** The page of an article is there within a second, whoever hangs. */
const depositsPatienceMilliseconds = 700

/** Reads the deposits of a run; the page is there without them, too. */
async function depositsOf({ deposits, logger }: WebContext, article: string, run: string): Promise<ShownDeposits> {
  try {
    return (await deposits.list({ article, run, limit: '500' }, depositsPatienceMilliseconds)).deposits
  } catch (error) {
    logger.warn({ err: error }, 'the deposits of an article could not be read')
    return error instanceof DepositsUnavailableError ? error.message : 'they could not be read.'
  }
}
