/** Thrown when SWF does not answer, or not in time. A later request may succeed. */
export class ExecutionsUnavailableError extends Error {
  override readonly name = 'ExecutionsUnavailableError'
}

/** Errors of SWF's answers, which are no silence. */
const answered = /Fault$|Exception$/

/**
 * Waits for SWF no longer than the given time.
 *
 * @throws {ExecutionsUnavailableError} when it does not answer in that time, or not at all
 */
export async function bounded<Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new ExecutionsUnavailableError(`SWF did not answer within ${milliseconds / 1000} s.`)),
    milliseconds,
  )
  try {
    return await Promise.race([work(), late])
  } catch (error) {
    if (error instanceof ExecutionsUnavailableError || !(error instanceof Error)) throw error
    if (error.name === 'ThrottlingException')
      throw new ExecutionsUnavailableError('SWF has more requests than it takes.', { cause: error })
    if (answered.test(error.name) || !isSilence(error)) throw error
    throw new ExecutionsUnavailableError(`SWF does not answer (${error.message || error.name}).`, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

/** Tells an error of the connection from one of our own code. */
function isSilence(error: Error): boolean {
  return '$metadata' in error || 'code' in error || error.name === 'TimeoutError'
}
