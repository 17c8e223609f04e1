import type { PublicationRequest, Run, Standing, Version } from './words.ts'

/**
 * Where a run is, in one word. It has arrived and is `waiting` for its turn; it is `in progress`, until it has `failed`
 * or is `ready`; a publication is `requested`, the bot has taken that up and is `publishing`, and it is `published`, or
 * has failed on the way. An operator may have `hidden` it, which also puts a failure out of sight.
 *
 * Statuses are said of a version, never of a run. One that was said before the run set out is an earlier run's, and says
 * nothing about this one.
 */
export function standingOf(run: Run, version: Version, requests: readonly PublicationRequest[]): Standing {
  if (run.waiting) return 'waiting'
  const status = version.properties.get('publication-status')
  const said = status !== undefined && status.sent >= run.setOutSent ? String(status.value) : undefined
  if (said === 'hidden') return 'hidden'
  if (pendingRequest(run, requests)) return 'requested'
  if (run.failure) return 'failed'
  if (said === 'published') return 'published'
  if (said === 'ready to publish') return isTakenUpSince(run, status?.sent ?? 0) ? 'publishing' : 'ready'
  return 'in progress'
}

/** The last request for this run that nothing was said about since: the bot has not taken it up yet. */
export function pendingRequest(run: Run, requests: readonly PublicationRequest[]): PublicationRequest | undefined {
  const last = requests.findLast((request) => request.run === run.id && request.result === 'queued')
  return last && last.at > run.latestSent ? last : undefined
}

/** Whether anything started since then but the announcement itself, which may come after the status it announces. */
function isTakenUpSince(run: Run, sent: number): boolean {
  return run.events.some(
    ({ sent: said, message }) => said > sent && message.status === 'start' && message.event_type !== 'Ready To Publish',
  )
}

/** Whether more is to come of a run in this standing without anybody's doing. */
export function isUnfinished(standing: Standing): boolean {
  return standing === 'in progress' || standing === 'requested' || standing === 'publishing'
}
