import { setTimeout } from 'node:timers/promises'
import { backOffMilliseconds, type BackOff } from './back-off.ts'

/** The policy of a retry: its attempts, the pauses between them, and the errors after which another follows. */
export interface Retry extends BackOff {
  readonly maxAttempts: number
  /** Tells an error after which another attempt may succeed. */
  readonly mayPass: (error: unknown) => boolean
  /** Called before each pause. */
  readonly onRetry?: ((error: unknown, milliseconds: number) => void) | undefined
  /** Ends a pause, and the attempts. */
  readonly signal?: AbortSignal | undefined
  /** Waits; by default with a timer, until the signal aborts. */
  readonly pause?: ((milliseconds: number) => Promise<unknown>) | undefined
}

/**
 * Tries work until it succeeds, with a back-off between the attempts.
 *
 * @param work gets the number of the attempt, from 1 on
 * @throws the error of the last attempt: of the one that cannot pass, of `maxAttempts`, or of the one before the signal aborted
 */
export async function retryWithBackOff<Result>(
  work: (attempt: number) => Promise<Result>,
  { maxAttempts, mayPass, onRetry, signal, ...retry }: Retry,
): Promise<Result> {
  const pause =
    retry.pause ?? ((milliseconds) => setTimeout(milliseconds, undefined, { signal }).catch(() => undefined))
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt)
    } catch (error) {
      if (attempt >= maxAttempts || signal?.aborted || !mayPass(error)) throw error
      const milliseconds = backOffMilliseconds(attempt, retry)
      onRetry?.(error, milliseconds)
      await pause(milliseconds)
      if (signal?.aborted) throw error
    }
  }
}
