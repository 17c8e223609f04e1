import { replaying } from './awaitables/scope.ts'
import { errorFields } from '../values/error-text.ts'
import type { Logger } from '../values/logger.ts'

/**
 * Keeps the process alive when workflow code leaves a rejection unhandled, such as of an async function that it awaits only
 * later, so that one workflow does not take down the decider of the others. Such rejections are logged; any other
 * unhandled rejection is thrown, as Node.js would.
 */
export function surviveUnhandledRejections(logger: Logger): { stop(): void } {
  const survive = (error: unknown) => {
    const running = replaying.getStore()
    if (running === undefined) throw error
    logger.warn(
      { ...running.execution, ...errorFields(error, { stack: true }) },
      'unhandled rejection in workflow code: await every promise that may reject',
    )
  }
  process.on('unhandledRejection', survive)
  return { stop: () => void process.off('unhandledRejection', survive) }
}
