import { ServiceUnavailableFailure } from '../services/failures.ts'

/** A failure in the form in which it is shown on the dashboard, recorded by SWF and considered for a retry. */
export class ExplainedFailure extends Error {
  /** The class of the error that it explains. */
  override readonly name: string
  readonly retry: boolean
  /** Seconds after which a service asked to be tried again. */
  readonly retryAfter?: number

  constructor(name: string, message: string, hints: { retry: boolean; retryAfter: number | undefined }) {
    super(message)
    this.name = name
    this.retry = hints.retry
    if (hints.retryAfter !== undefined) this.retryAfter = hints.retryAfter
  }
}

/**
 * Explains an error in a sentence. Our own errors say it themselves; those of the system and of AWS are put in context,
 * and their stack is for the log only.
 */
export function explain(error: unknown): ExplainedFailure {
  if (!(error instanceof Error))
    return new ExplainedFailure('Unknown', String(error), { retry: true, retryAfter: undefined })
  const retry = !('retry' in error && error.retry === false)
  const retryAfter = 'retryAfter' in error && typeof error.retryAfter === 'number' ? error.retryAfter : undefined
  return new ExplainedFailure(error.name === 'Error' ? error.constructor.name : error.name, sentence(error), {
    retry,
    retryAfter,
  })
}

function sentence(error: Error): string {
  if ('code' in error && error.code === 'ENOSPC')
    return "The worker's disk is full (ENOSPC). Free some space on it or give it a larger one."
  if ('$metadata' in error) return `A request to AWS failed (${error.name}: ${error.message || 'no reason given'}).`
  if ('retry' in error || error instanceof ServiceUnavailableFailure) return error.message
  return `Unexpected error (${error.name}: ${error.message}).`
}
