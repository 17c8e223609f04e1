import { createHash } from 'node:crypto'
import { durationProblems } from '../values/declaration.ts'
import { type Duration, toSeconds } from '../values/duration.ts'

/**
 * How often a failed activity is tried again, and after how long. The waiting is done by SWF timers, never by a process
 * that sleeps, so a retry survives every restart. Time-outs count as attempts; a permanent failure ends them at once.
 */
export interface RetryPolicy {
  /** How many attempts in all, the first one included; 1 means no retry. */
  readonly attempts: number
  /** Delay before the second attempt. */
  readonly first: Duration
  /** By how much each further delay grows; 1 keeps it constant. */
  readonly factor: number
  /** No delay is longer than this. */
  readonly longest: Duration
  /** The share of each delay, 0 to 1, that chance may take off, so that many do not come back at once. Default 0. */
  readonly jitter?: number
  /**
   * Class names of errors that are permanent here whatever they say of themselves, and kinds of time-outs:
   * `['MalformedXml', 'START_TO_CLOSE']`.
   */
  readonly never?: readonly string[]
}

/**
 * Milliseconds to wait after attempt number `attempt` (1 is the first) before the next one. Always whole seconds,
 * because SWF timers know no less. For a dashboard: `retry_at` is now plus this, at the latest.
 * @param seed what jitter is drawn from, the same in every replay; absent: no jitter
 */
export function retryDelay(retry: RetryPolicy, attempt: number, seed?: string): number {
  const seconds = Math.min(toSeconds(retry.first) * retry.factor ** (attempt - 1), toSeconds(retry.longest))
  const { jitter = 0 } = retry
  const off = seed === undefined || jitter === 0 ? 0 : jitter * share(seed)
  return Math.ceil(seconds * (1 - off)) * 1_000
}

/** What is wrong with a policy. */
export function retryProblems({ attempts, first, factor, longest, jitter = 0, never = [] }: RetryPolicy): string[] {
  const problems = durationProblems({ 'retry.first': first, 'retry.longest': longest }, { zero: true })
  if (!Number.isInteger(attempts) || attempts < 1) problems.push(`retry.attempts ${attempts} is not 1 or more`)
  if (!(factor >= 1)) problems.push(`retry.factor ${factor} is below 1: delays would shrink`)
  if (!(jitter >= 0 && jitter <= 1)) problems.push(`retry.jitter ${jitter} is no share between 0 and 1`)
  for (const name of never) {
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) problems.push(`retry.never '${name}' is no name of an error's class`)
  }
  if (problems.length === 0 && toSeconds(longest) < toSeconds(first)) {
    problems.push(`retry.longest ${longest} is shorter than retry.first ${first}`)
  }
  return problems
}

/** From 0 to below 1, evenly, and always the same for the same text. */
function share(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32
}
