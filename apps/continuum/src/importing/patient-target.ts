import { retryWithBackOff } from '@continuum/service'
import { mayPass } from '../errors/may-pass.ts'
import { oneLine } from '../errors/one-line.ts'
import { UnavailableError } from '../errors/unavailable-error.ts'
import type { ImportTarget } from './import-version.ts'

/** Two minutes and a half of pauses: longer than a service takes to be deployed. */
const retry = { firstMilliseconds: 1000, maxMilliseconds: 30_000, maxAttempts: 10 }

/**
 * Makes an environment of which a call is tried again while a service is down or busy. Each call may be repeated.
 *
 * @param onRetry told why, and the time until the next attempt
 */
export function patientTarget(
  target: ImportTarget,
  { signal, onRetry }: { signal: AbortSignal; onRetry: (reason: string, milliseconds: number) => void },
): ImportTarget {
  const patient = <Args extends readonly unknown[], Result>(call: (...args: Args) => Promise<Result>) => {
    return (...args: Args) =>
      retryWithBackOff(() => call(...args), {
        ...retry,
        mayPass,
        signal,
        onRetry: (error, milliseconds) => onRetry(problemOf(error), milliseconds),
        pause: (milliseconds) => target.pause(milliseconds, signal),
      })
  }
  return {
    ...target,
    publicVersions: patient(target.publicVersions),
    stateOf: patient(target.stateOf),
    request: patient(target.request),
    remove: patient(target.remove),
  }
}

const problemOf = (error: unknown) => (error instanceof UnavailableError ? error.problem : oneLine(error))
