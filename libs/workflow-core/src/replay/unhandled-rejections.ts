import { replaying } from './awaitables/scope.ts'
import { errorFields } from '../values/error-text.ts'
import type { Logger } from '../values/logger.ts'

/** The logs of the deciders of this process. */
const logs = new Set<Logger>()

/**
 * Keeps the process alive when workflow code leaves a rejection unhandled, such as of an async function that it awaits only
 * later, so that one workflow does not take down the decider of the others. Such rejections are logged, once where several
 * deciders share the process; any other unhandled rejection is thrown, as Node.js would.
 */
export function surviveUnhandledRejections(logger: Logger): { stop(): void } {
  if (logs.size === 0) process.on('unhandledRejection', survive)
  logs.add(logger)
  return {
    stop: () => {
      logs.delete(logger)
      if (logs.size === 0) process.off('unhandledRejection', survive)
    },
  }
}

function survive(error: unknown): void {
  const running = replaying.getStore()
  if (running === undefined) throw error
  const [logger] = logs
  logger?.warn(
    { ...running.execution, ...errorFields(error, { stack: true }) },
    'unhandled rejection in workflow code: await every promise that may reject',
  )
}
