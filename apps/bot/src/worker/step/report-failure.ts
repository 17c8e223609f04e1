import { implement, type Implementation } from '@continuum/workflow-core'
import type { Static } from 'typebox'
import { reportFailure } from '../../activities/report-failure.ts'
import { uuidOf } from '../../messages/ids.ts'
import { count } from '../../messages/wording.ts'
import type { Tools } from './tools.ts'

export function implementReportFailure({ tellDashboard }: Pick<Tools, 'tellDashboard'>): Implementation {
  return implement(reportFailure, async (failure, { info, log }) => {
    const { articleId, version, run, event, attempts, publishing } = failure
    const id = (what: string) => uuidOf('failure', info.workflowId, info.runId, what)
    const message = messageOf(failure)
    await tellDashboard({
      message_type: 'event',
      item_identifier: articleId,
      version,
      run,
      event_type: event,
      timestamp: Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }),
      status: 'error',
      message,
      message_id: id('error'),
      ...(attempts > 0 && { attempt: attempts }),
    })
    if (publishing) {
      await tellDashboard({
        message_type: 'property',
        item_identifier: articleId,
        version,
        run,
        name: 'publication-status',
        value: 'publication issues',
        property_type: 'text',
        message_id: id('publication-status'),
      })
    }
    log.error({ articleId, version, run, step: event, reason: failure.reason }, message)
  })
}

const timeouts: Readonly<Record<string, string>> = {
  HEARTBEAT: 'Whoever worked on it went silent',
  START_TO_CLOSE: 'It took too long',
  SCHEDULE_TO_START: 'Nobody took it up',
}

/** What a person reads who has to do something about it. */
export function messageOf({
  reason,
  message,
  attempts,
  permanent,
  advice,
}: Static<typeof reportFailure.input>): string {
  if (permanent) return message
  const timeout = timeouts[reason]
  const what = timeout === undefined ? message : `${timeout} (${message}).`
  return `${what} Given up after ${count(attempts, 'attempt')}. ${advice}`
}
