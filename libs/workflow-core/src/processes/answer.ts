import { UnknownResourceFault } from '@aws-sdk/client-swf'
import { backOff } from './back-off.ts'
import { errorFields } from '../values/error-text.ts'
import type { Logger } from '../values/logger.ts'

/**
 * Gives SWF the answer to a task, through throttling and lost connections, until it is taken or refused. That SWF does
 * not know the task any more is no error: it timed out, its execution is closed, or an earlier try had arrived.
 * @param signal ends the tries
 */
export async function answer(send: () => Promise<unknown>, signal: AbortSignal, logger: Logger): Promise<void> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      await send()
      return
    } catch (error) {
      const said = errorFields(error)
      if (error instanceof UnknownResourceFault) {
        logger.warn(said, 'SWF no longer knows the task; its answer is discarded')
        return
      }
      if (!mayPass(error)) {
        logger.error(said, 'SWF refused the answer; the task will time out')
        return
      }
      logger.warn({ ...said, failures }, 'answer not taken yet, will try again')
      await backOff(failures, signal)
    }
  }
}

/** SWF answered, but takes no more calls for now. */
export function isThrottling(error: unknown): boolean {
  return error instanceof Error && error.name === 'ThrottlingException'
}

/** Whether the same request can succeed later: anything but a refusal by SWF of the request itself. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (isThrottling(error)) return true
  return !('$fault' in error && error.$fault === 'client')
}
