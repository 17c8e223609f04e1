import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { openDeposits } from '../../http/open-deposits.ts'
import { pageReply, pageRoute } from '../../http/replies.ts'
import { lastVisit } from '../../store/visits.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { morningGroups } from './morning-groups.ts'
import { morningPage } from './morning-page.ts'

/** The page does not wait longer for the deposits service. */
const maxWait = 1000

const schema = {
  ...pageRoute.contract,
  operationId: 'morningPage',
  summary: 'Show what has happened since the reader was last here',
  querystring: Type.Object({
    since: Type.Optional(Type.String({ format: 'date-time', description: 'another instant to look back to' })),
  }),
  response: { 200: pageReply('What has happened, in groups that are filters of the list.'), ...pageRoute.replies },
}

/** Registers the morning page. */
export function morningRoutes(app: App, context: WebContext): void {
  const { sql } = context

  app.get('/today', { schema, config: { role: 'reader' } }, async (request, reply) => {
    const { member, query } = request
    const now = Temporal.Now.instant()
    const before = member && (await lastVisit(sql, member.name))
    const asked = query.since === undefined ? undefined : Temporal.Instant.from(query.since)
    const since = asked?.toString() ?? before ?? now.subtract({ hours: 24 }).toString({ smallestUnit: 'second' })
    const [groups, deposits, frame] = await Promise.all([
      morningGroups(sql, since, member?.csrf === undefined ? undefined : member.name),
      openDeposits(context, maxWait),
      frameOf(request, context),
    ])
    const isLastVisit = asked === undefined && before !== undefined
    return sendPage(reply, 200, morningPage({ since, isLastVisit, groups, deposits, now }), frame)
  })
}
