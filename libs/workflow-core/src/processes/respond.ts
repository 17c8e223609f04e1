import { UnknownResourceFault } from '@aws-sdk/client-swf'
import { backOff } from './back-off.ts'
import { errorFields } from '../values/error-text.ts'
import type { Logger } from '../values/logger.ts'

/**
 * Sends the response to a task, through throttling and lost connections, until SWF accepts or rejects it. It is not an
 * error if SWF no longer knows the task: it timed out, its execution is closed, or an earlier try arrived.
 * @param signal ends the retries
 */
export async function respond(send: () => Promise<unknown>, signal: AbortSignal, logger: Logger): Promise<void> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      await send()
      return
    } catch (error) {
      const fields = errorFields(error)
      if (error instanceof UnknownResourceFault) {
        logger.warn(fields, 'SWF no longer knows the task; its response is discarded')
        return
      }
      if (!isRetryable(error)) {
        logger.error(fields, 'SWF rejected the response; the task will time out')
        return
      }
      logger.warn({ ...fields, failures }, 'response failed; retrying')
      await backOff(failures, signal)
    }
  }
}

/** Tells whether SWF throttled a request. */
export function isThrottling(error: unknown): boolean {
  return error instanceof Error && error.name === 'ThrottlingException'
}

/** Tells whether the same request can succeed later: yes, unless SWF rejected the request itself. */
function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (isThrottling(error)) return true
  return !('$fault' in error && error.$fault === 'client')
}
