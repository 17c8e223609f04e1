import { createHash } from 'node:crypto'
import { durationProblems } from '../values/declaration.ts'
import { type Duration, toSeconds } from '../values/duration.ts'

/**
 * Retry policy of an activity. Delays are SWF timers, never a sleeping process, so retries survive restarts. Time-outs
 * count as attempts; a permanent failure ends the retries at once.
 */
export interface RetryPolicy {
  /** Maximum number of attempts, including the first; 1 means no retry. */
  readonly maxAttempts: number
  /** Delay before the second attempt. */
  readonly initialInterval: Duration
  /** Factor by which each further delay grows; 1 keeps the delay constant. */
  readonly backoffCoefficient: number
  /** Upper limit of every delay. */
  readonly maxInterval: Duration
  /** Maximum share of each delay, 0 to 1, that is randomly taken off, to spread retries. Default 0. */
  readonly jitter?: number
  /** Names of error classes, and kinds of time-out, that are never retried: `['MalformedXml', 'START_TO_CLOSE']`. */
  readonly nonRetryable?: readonly string[]
}

/**
 * Returns the milliseconds to wait after attempt number `attempt` (from 1) before the next one. Always whole seconds,
 * the resolution of SWF timers.
 * @param seed seeds the jitter, the same in every replay; absent: no jitter
 */
export function retryDelay(retry: RetryPolicy, attempt: number, seed?: string): number {
  const { initialInterval, backoffCoefficient, maxInterval } = retry
  const seconds = Math.min(toSeconds(initialInterval) * backoffCoefficient ** (attempt - 1), toSeconds(maxInterval))
  const { jitter = 0 } = retry
  const off = seed === undefined || jitter === 0 ? 0 : jitter * hashToFraction(seed)
  return Math.ceil(seconds * (1 - off)) * 1_000
}

/** Lists the problems of a policy. */
export function retryProblems({
  maxAttempts,
  initialInterval,
  backoffCoefficient,
  maxInterval,
  jitter = 0,
  nonRetryable = [],
}: RetryPolicy): string[] {
  const durations = { 'retry.initialInterval': initialInterval, 'retry.maxInterval': maxInterval }
  const problems = durationProblems(durations, { zero: true })
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1)
    problems.push(`retry.maxAttempts ${maxAttempts} is not 1 or more`)
  if (!(backoffCoefficient >= 1))
    problems.push(`retry.backoffCoefficient ${backoffCoefficient} is below 1: delays would shrink`)
  if (!(jitter >= 0 && jitter <= 1)) problems.push(`retry.jitter ${jitter} is not between 0 and 1`)
  for (const name of nonRetryable) {
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name))
      problems.push(`retry.nonRetryable '${name}' is not the name of an error class`)
  }
  if (problems.length === 0 && toSeconds(maxInterval) < toSeconds(initialInterval)) {
    problems.push(`retry.maxInterval ${maxInterval} is shorter than retry.initialInterval ${initialInterval}`)
  }
  return problems
}

/** Maps a text to a number from 0 to below 1, evenly spread. */
function hashToFraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32
}
