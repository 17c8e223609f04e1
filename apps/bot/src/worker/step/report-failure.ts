import { implement, type Implementation } from '@continuum/workflow-core'
import type { Static } from 'typebox'
import { count } from '@continuum/package'
import { reportFailure } from '../../activities/report-failure.ts'
import { uuidOf } from '@continuum/messages'
import { runEvent, runProperty } from '../../messages/run-messages.ts'
import { forgetDelivery } from '../run/last-delivery.ts'
import type { Tools } from './tools.ts'

/** Shows the failure on the dashboard, and writes it to the log. */
export function implementReportFailure({
  tellDashboard,
  ...storage
}: Pick<Tools, 'tellDashboard' | 's3' | 'buckets'>): Implementation {
  return implement(reportFailure, async (failure, { info, log, signal }) => {
    const { articleId, version, run, event, attempts, publishing } = failure
    const id = (part: string) => uuidOf('failure', info.workflowId, info.runId, part)
    const message = messageOf(failure)
    const [name, value] = ['publication-status', 'publication issues']
    await tellDashboard(
      runEvent(failure, {
        event_type: event,
        status: 'error',
        message,
        message_id: id('error'),
        ...(attempts > 0 && { attempt: attempts }),
      }),
      ...(publishing ? [runProperty(failure, { name, value, message_id: id(name) })] : []),
    )
    // The same package delivered again is wanted.
    await forgetDelivery(storage, failure, signal)
    log.error({ articleId, version, run, step: event, reason: failure.reason }, message)
  })
}

const timeouts: Readonly<Record<string, string>> = {
  HEARTBEAT: 'The worker stopped responding',
  START_TO_CLOSE: 'The step took too long',
  SCHEDULE_TO_START: 'No worker was available',
}

/** Failures that were tried again before they became permanent: their messages don't say what to do. */
const givesUp = new Set(['OddAnswerFailure'])

/** Words a failure for the person who has to do something about it. */
export function messageOf({
  reason,
  message,
  attempts,
  permanent,
  advice,
}: Static<typeof reportFailure.input>): string {
  if (permanent && !givesUp.has(reason)) return message
  const timeout = timeouts[reason]
  const cause = timeout === undefined ? message : `${timeout} (${message}).`
  return `${cause} Given up after ${count(attempts, 'attempt')}. ${advice}`
}
