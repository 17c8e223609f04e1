/** A failure in the form in which it is shown, recorded and decided upon. */
export class ExplainedFailure extends Error {
  /** Class of the error it explains. */
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
 * What went wrong, in a sentence. Errors of ours say it themselves; those of the system and of AWS are put in context,
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
  if ('code' in error && error.code === 'ENOSPC') return 'The disk of the worker is full (ENOSPC). Make room on it.'
  if ('$metadata' in error)
    return `AWS did not do what was asked (${error.name}: ${error.message || 'no reason given'}).`
  if ('retry' in error || error.name === 'ServiceUnavailable') return error.message
  return `Something unforeseen happened (${error.name}: ${error.message}).`
}
