import { replaying } from './awaitables/scope.ts'
import { errorFields } from '../values/error-text.ts'
import type { Logger } from '../values/logger.ts'

/**
 * Keeps the process alive over rejections that workflow code leaves unhandled, such as an async function that it will
 * await only later: one workflow must not take the others' decider down. They are logged; any other unhandled rejection
 * is thrown, as Node would.
 */
export function survivingRejections(logger: Logger): { stop(): void } {
  const survive = (error: unknown) => {
    const running = replaying.getStore()
    if (running === undefined) throw error
    logger.warn(
      { ...running.execution, ...errorFields(error, { stack: true }) },
      'workflow code left a rejection unhandled: await what may fail',
    )
  }
  process.on('unhandledRejection', survive)
  return { stop: () => void process.off('unhandledRejection', survive) }
}
