import type { ArticleRequest, KnownRun, RunState } from '../history/model.ts'

/**
 * Returns the state of a run. After its arrival it is `waiting` for its turn, then `in progress` until it has `failed` or
 * is `ready`. When its publication is `requested`, the bot starts `publishing`, and the run is `published` or has
 * `failed`. An operator may have `hidden` it, and people may have `dismissed` it after it ended: both take a failure off
 * the lists. A later event of the run brings it back. A delivery of the same files again is `repeated`: it ended at once.
 */
export function runStateOf(run: KnownRun, requests: readonly ArticleRequest[]): RunState {
  if (run.waiting) return 'waiting'
  if (run.repeated) return 'repeated'
  const { status } = run
  if (status?.value === 'hidden') return 'hidden'
  if (dismissalOf(run, requests)) return 'dismissed'
  if (pendingPublication(run, requests)) return 'requested'
  if (run.failure) return 'failed'
  if (status?.value === 'published') return 'published'
  if (status?.value === 'ready to publish') return hasStartedSince(run, status.sent) ? 'publishing' : 'ready'
  return 'in progress'
}

/** Returns the last request to publish this run, if the bot has not started on it yet. */
export function pendingPublication(run: KnownRun, requests: readonly ArticleRequest[]): ArticleRequest | undefined {
  const last = requests.findLast((one) => one.kind === 'publish' && one.run === run.id && one.result === 'queued')
  return last && (isHeld(last) || sentFrom(last) > run.latestSent) ? last : undefined
}

/** Checks that a request is not sent yet and can still be taken back. */
export function isHeld({ result, heldUntil, sent }: ArticleRequest): boolean {
  return result === 'queued' && typeof heldUntil === 'number' && sent !== true
}

/** The first time at which a request may have reached the bot. */
export function sentFrom({ at, heldUntil }: ArticleRequest): number {
  return heldUntil ?? at
}

/** Returns the request that dismissed the run, if it is still dismissed. */
export function dismissalOf(run: KnownRun, requests: readonly ArticleRequest[]): ArticleRequest | undefined {
  const last = requests.findLast(({ kind, run: of }) => of === run.id && (kind === 'set aside' || kind === 'take back'))
  return last?.kind === 'set aside' && last.at > run.latestSent ? last : undefined
}

/** Checks that a step started since then; the announcement itself may come after the status it announces. */
function hasStartedSince(run: KnownRun, sent: number): boolean {
  return run.events.some(
    ({ sent: at, message }) => at > sent && message.status === 'start' && message.event_type !== 'Ready To Publish',
  )
}

/** Checks that a run in this state continues on its own. */
export function isUnfinished(state: RunState): boolean {
  return state === 'in progress' || state === 'requested' || state === 'publishing'
}

/** Checks that a run in this state may be dismissed: it has ended and is listed. */
export function isDismissible(state: RunState): boolean {
  return state === 'failed' || state === 'ready'
}
