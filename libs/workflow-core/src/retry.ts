import { type Duration, toSeconds } from './duration.ts'

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
}

/**
 * Milliseconds to wait after attempt number `attempt` (1 is the first) before the next one. Always whole seconds,
 * because SWF timers know no less. For a dashboard: `retry_at` is now plus this.
 */
export function retryDelay(retry: RetryPolicy, attempt: number): number {
  const seconds = toSeconds(retry.first) * retry.factor ** (attempt - 1)
  return Math.ceil(Math.min(seconds, toSeconds(retry.longest))) * 1_000
}
