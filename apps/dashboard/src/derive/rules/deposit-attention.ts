import type { Deposit } from '@continuum/messages'

/** The urgency of an open deposit: it has failed, it is late, or it only waits for its hour or an answer. */
export type Attention = 'failed' | 'late' | 'waiting'

/** The kinds of attention, the most urgent first. */
export const attentions: readonly Attention[] = ['failed', 'late', 'waiting']

/** The minutes after its time for which a deposit is not late yet, and those that sending or asking may take. */
const grace = { toBegin: 10, toEnd: 60 }

/** Tells what a deposit asks of a person; undefined for one that has ended well. */
export function attentionOf(deposit: Deposit, now: Temporal.Instant): Attention | undefined {
  const { state, needsPerson, since, attempts, nextTry, unaddressed } = deposit
  const isOlderThan = (at: string, minutes: number) =>
    Temporal.Instant.compare(Temporal.Instant.from(at).add({ minutes }), now) < 0
  if (needsPerson) return 'failed'
  if (state === 'sending') return isOlderThan(since, grace.toEnd) ? 'late' : 'waiting'
  if (state === 'sent') return nextTry !== null && isOlderThan(nextTry, grace.toEnd) ? 'late' : 'waiting'
  if (state !== 'planned' && state !== 'waiting') return undefined
  // A mail without an address has no hour; the deposits service asks a person after a fortnight.
  if (unaddressed) return 'waiting'
  return attempts > 0 || (nextTry !== null && isOlderThan(nextTry, grace.toBegin)) ? 'late' : 'waiting'
}
