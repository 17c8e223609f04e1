import type { RunState } from '../derive/history/model.ts'

/** A run that continues on its own, as far as the dashboard knows. */
export interface OpenRun {
  readonly article: string
  readonly version: number
  readonly run: string
  readonly state: RunState
  /** The step that it is at, where one has begun. */
  readonly step: string | undefined
  /** The time at which the queue accepted its latest message, or it was requested, in unix milliseconds. */
  readonly heard: number
}

/** The knowledge of SWF and the queues of an article, as far as its runs depend on it. */
export interface Known {
  /** An execution of the article is open. */
  readonly open: boolean
  /** The last one that closed. */
  readonly closed: { readonly status: string; readonly at: number } | undefined
  /** No message waits in the queues of events and of starts, and none is being worked on. */
  readonly queuesEmpty: boolean
}

/** Milliseconds of silence before a run is suspected: SWF's lists may be late, and messages are on their way. */
export const maxSilence = 120_000

const endings: Readonly<Record<string, string>> = {
  COMPLETED: 'The run has ended in SWF, but its end was never told.',
  FAILED: 'The run has failed in SWF, but its failure was never told.',
  CANCELED: 'The run was cancelled in SWF.',
  TERMINATED: 'The run was terminated in SWF.',
  TIMED_OUT: 'The run took longer than SWF lets it, and was ended.',
}

/**
 * Tells how a run has ended that nobody works on any more; undefined while it may continue. It may as long as an execution of
 * its article is open, a message is in a queue, or it was heard of a moment ago.
 */
export function endOf(
  { state, heard }: OpenRun,
  { open, closed, queuesEmpty }: Known,
  now: number,
): string | undefined {
  if (open || !queuesEmpty || now - heard < maxSilence) return undefined
  const begun = state === 'in progress' || state === 'publishing' || state === 'published'
  if (begun && closed && closed.at >= heard - maxSilence) return endings[closed.status] ?? endings['TERMINATED']
  return begun
    ? 'SWF knows no execution of this run: what it was doing is lost.'
    : 'Its request was put aside or lost: it is in no queue, and nothing has started.'
}
