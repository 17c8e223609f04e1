import { html, when, type App } from '@continuum/service'
import { Type } from 'typebox'
import { includesRole } from '../../derive/rules/roles.ts'
import type { WebContext } from '../../http/context.ts'
import type { Member } from '../../http/guard.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { recordActivity } from '../../store/activity.ts'
import { endSession, openSessions, type OpenSession } from '../../store/sessions.ts'
import { timeHtml } from '../elements/time.ts'
import { frameOf } from '../frame/frame.ts'
import type { Frame, Page } from '../frame/layout.ts'
import { sendPage } from '../frame/send-page.ts'

const listSchema = {
  ...pageRoute.contract,
  operationId: 'sessionsPage',
  summary: "Show the open sessions: one's own, and those of all to administrators",
  response: { 200: pageReply('The sessions.'), ...pageRoute.replies },
}

const endSchema = {
  ...formRoute.contract,
  operationId: 'endSession',
  summary: "End a session: one's own, or as an administrator anybody's",
  body: Type.Object({ id: Type.String({ format: 'uuid' }), ...CsrfField }),
  response: { 303: redirectReply('To the sessions.'), ...formRoute.replies },
}

/** Registers the page of open sessions. */
export function sessionRoutes(app: App, context: WebContext): void {
  const { sql } = context
  /** The account whose sessions a member may see and end; undefined for those of all. */
  const scopeOf = (member: Member | undefined) =>
    member && includesRole(member.role, 'administrator') ? undefined : (member?.name ?? '')

  app.get('/sessions', { schema: listSchema, config: { role: 'reader' } }, async (request, reply) => {
    const [sessions, frame] = await Promise.all([openSessions(sql, scopeOf(request.member)), frameOf(request, context)])
    return sendPage(reply, 200, sessionsPage(sessions, request.session.sessionId, frame), frame)
  })

  app.post('/sessions/end', { schema: endSchema, config: { role: 'reader' } }, async (request, reply) => {
    const account = await endSession(sql, request.body.id, scopeOf(request.member))
    if (account !== undefined)
      await recordActivity(sql, { by: request.member?.name ?? '', action: 'end session', subject: account })
    return reply.redirect('/sessions', 303)
  })
}

function sessionsPage(sessions: readonly OpenSession[], own: string, { csrf = '' }: Frame): Page {
  return {
    title: 'Sessions',
    main: html`<h1 id="heading">Open sessions</h1>
      <ul class="rows" id="sessions">
        ${sessions.map(
          ({ id, account, openedAt, seenAt, means, address, agent, key }) =>
            html`<li class="row" id="session-${id}">
              <div class="what">
                <h2>${account}${when(key === own, () => html` <span class="note">this one</span>`)}</h2>
                <p class="identity"><span>by ${means}</span> <span>from ${address}</span> <span>${agent}</span></p>
              </div>
              <div class="now">
                <p class="since">opened ${timeHtml(openedAt, 'age')}, last seen ${timeHtml(seenAt, 'age')}</p>
              </div>
              <div class="actions">
                <form method="post" action="/sessions/end">
                  <input type="hidden" name="_csrf" value="${csrf}" /><input type="hidden" name="id" value="${id}" />
                  <button>End<span class="quiet-voice"> the session of ${account}</span></button>
                </form>
              </div>
            </li> `,
        )}
      </ul>`,
  }
}
