import type { ArticleRequest, KnownRun, RunState } from '../history/model.ts'

/**
 * Where a run is, in one word. It has arrived and is `waiting` for its turn; it is `in progress`, until it has `failed`
 * or is `ready`; a publication is `requested`, the bot has taken that up and is `publishing`, and it is `published`, or
 * has failed on the way. An operator may have `hidden` it, or somebody may have `set aside` what ended: either puts a
 * failure out of sight. What is said of a run after that brings it back.
 */
export function runStateOf(run: KnownRun, requests: readonly ArticleRequest[]): RunState {
  if (run.waiting) return 'waiting'
  const { status } = run
  if (status?.value === 'hidden') return 'hidden'
  if (dismissalOf(run, requests)) return 'set aside'
  if (pendingPublication(run, requests)) return 'requested'
  if (run.failure) return 'failed'
  if (status?.value === 'published') return 'published'
  if (status?.value === 'ready to publish') return hasStartedSince(run, status.sent) ? 'publishing' : 'ready'
  return 'in progress'
}

/** The last request for this run's publication that nothing was said about since: the bot has not taken it up yet. */
export function pendingPublication(run: KnownRun, requests: readonly ArticleRequest[]): ArticleRequest | undefined {
  const last = requests.findLast((one) => one.kind === 'publish' && one.run === run.id && one.result === 'queued')
  return last && last.at > run.latestSent ? last : undefined
}

/** By whom and when the run was set aside, where it still is. */
export function dismissalOf(run: KnownRun, requests: readonly ArticleRequest[]): ArticleRequest | undefined {
  const last = requests.findLast(({ kind, run: of }) => of === run.id && (kind === 'set aside' || kind === 'take back'))
  return last?.kind === 'set aside' && last.at > run.latestSent ? last : undefined
}

/** Whether anything started since then but the announcement itself, which may come after the status it announces. */
function hasStartedSince(run: KnownRun, sent: number): boolean {
  return run.events.some(
    ({ sent: said, message }) => said > sent && message.status === 'start' && message.event_type !== 'Ready To Publish',
  )
}

/** Whether more is to come of a run in this state without anybody's doing. */
export function isUnfinished(state: RunState): boolean {
  return state === 'in progress' || state === 'requested' || state === 'publishing'
}
