import type { App } from '@continuum/service'
import type { WebContext } from '../../http/context.ts'
import { pageReply, pageRoute } from '../../http/replies.ts'
import { processOverview } from '../../processes/process-overview.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { processesPage } from './processes-page.ts'

const schema = {
  ...pageRoute.contract,
  operationId: 'processesPage',
  summary: 'Show the processes: what runs, since when, in which version, and what is gone',
  response: { 200: pageReply('The processes.'), ...pageRoute.replies },
}

/** Registers the page of the processes. */
export function processRoutes(app: App, context: WebContext): void {
  app.get('/processes', { schema, config: { role: 'reader' } }, async (request, reply) => {
    const [overview, frame] = await Promise.all([
      processOverview(context.sql, context.settings),
      frameOf(request, context),
    ])
    return sendPage(reply, 200, processesPage(overview), frame)
  })
}
