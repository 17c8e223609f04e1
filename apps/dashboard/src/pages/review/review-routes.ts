import { randomUUID } from 'node:crypto'
import type { App } from '@continuum/service'
import { Type, type Static } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import type { LocalTime } from '../../derive/rules/local-time.ts'
import { requestPublication } from '../../publish/request-publication.ts'
import { schedulePublication } from '../../publish/schedule-publication.ts'
import { createLaterSender } from '../../publish/send-later.ts'
import { holdSeconds } from '../../publish/take-back.ts'
import { readRunRef, type RunRef } from '../elements/addresses.ts'
import { readDue } from '../elements/local-times.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { review, type Reviewed } from './reviewed.ts'
import { reviewPage } from './review-page.ts'

const SelectedRuns = {
  article: Type.Optional(
    Type.Union([Type.Array(Type.String()), Type.String()], { description: 'runs, as `<article>/<version>/<run>`' }),
  ),
  force: Type.Optional(Type.String({ description: '`true` to publish again' })),
}
const PublishForm = Type.Object({
  ...SelectedRuns,
  when: Type.Optional(Type.Enum(['now', 'later'], { description: 'now, or at the time `due`' })),
  due: Type.Optional(Type.String({ description: 'a date and time in the time zone of the journal' })),
  which: Type.Optional(Type.Enum(['first', 'second'], { description: 'of a time that comes twice' })),
  why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason, for the activity log' })),
  ...CsrfField,
})

const reviewSchema = {
  ...pageRoute.contract,
  operationId: 'reviewPublication',
  summary: 'Review runs before they are published',
  querystring: Type.Object(SelectedRuns),
  response: { 200: pageReply('The runs, with all that should be known of them.'), ...pageRoute.replies },
}

const publishSchema = {
  ...formRoute.contract,
  operationId: 'publish',
  summary: 'Publish runs, in ten seconds or at a time',
  body: PublishForm,
  response: {
    303: redirectReply('To the outcomes of the requests, or to the scheduled publications.'),
    ...formRoute.replies,
  },
}

const conflicting: LocalTime = {
  is: 'wrong',
  problem: 'You gave a time and chose “Now”. Choose “At a time”, or empty this field.',
}

/** Registers publishing, of one article or several: the review before it, and the action. */
export function reviewRoutes(app: App, context: WebContext): void {
  const { sql, settings, sendRequests } = context
  const { PREVIEW_BASE_URL: previewBaseUrl } = settings
  const later = createLaterSender(sendRequests)
  app.addHook('onClose', (_, done) => {
    later.stop()
    done()
  })

  app.get('/publish', { schema: reviewSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const force = request.query.force === 'true'
    const reviewed = await reviewAll(context, request.query, force)
    const frame = await frameOf(request, context)
    return sendPage(reply, 200, reviewPage(reviewed, { force, when: 'now', why: '' }, frame), frame)
  })

  app.post('/publish', { schema: publishSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const { member, body } = request
    const { when: time = 'now', due = '', which, why = '' } = body
    const force = body.force === 'true'
    const by = member?.name ?? ''
    if (time === 'now' && due === '') {
      const batch = randomUUID()
      const requester = { by, why: why.trim(), batch, previewBaseUrl, holdSeconds }
      for (const ref of runRefsOf(body)) await requestPublication(sql, { ...ref, force }, requester)
      later.sendIn(holdSeconds)
      return reply.redirect(`/publications/${batch}`, 303)
    }
    const reviewed = await reviewAll(context, body, force)
    const allowed = reviewed.filter(({ verdict }) => verdict.allowed)
    const times = allowed.map(({ ref, zone }) => ({ ref, at: readDue({ due, which }, zone, Temporal.Now.instant()) }))
    const refused = time === 'now' ? conflicting : times.find(({ at }) => at.is !== 'instant')?.at
    if (refused || times.length === 0) {
      const frame = await frameOf(request, context)
      const form = { force, when: time, why, typed: { due, which }, refused }
      return sendPage(reply, 400, reviewPage(reviewed, form, frame), frame)
    }
    const failed: { ref: RunRef; reason: string }[] = []
    for (const { ref, at } of times) {
      if (at.is !== 'instant') continue
      const ready = { version: ref.version, run: ref.run }
      const wanted = { article: ref.id, due: at.seconds, ready }
      const verdict = await schedulePublication(sql, wanted, { by, why: why.trim(), previewBaseUrl })
      if (!verdict.allowed) failed.push({ ref, reason: verdict.reason })
    }
    if (failed.length === 0) return reply.redirect('/scheduled', 303)
    const left = reviewed.filter(({ ref }) => failed.some((one) => one.ref === ref))
    const problem = failed.map(({ ref, reason }) => `${ref.id} was not scheduled. ${reason}`).join(' ')
    const frame = await frameOf(request, context)
    return sendPage(reply, 409, reviewPage(left, { force, when: 'now', why, problem }, frame), frame)
  })
}

function reviewAll(context: WebContext, selected: Static<typeof PublishForm>, force: boolean): Promise<Reviewed[]> {
  return Promise.all(runRefsOf(selected).map((ref) => review(context, ref, force)))
}

/** Reads the selected runs, each once. */
function runRefsOf({ article = [] }: Pick<Static<typeof PublishForm>, 'article'>): RunRef[] {
  return [...new Set([article].flat())].flatMap((text) => readRunRef(text) ?? [])
}
