import type { Logger } from './log.ts'

/** Stops a process once, in order, within a deadline. */
export interface Stopper {
  /** Aborted at the first request to stop. */
  signal: AbortSignal
  onClose: (close: () => unknown) => void
  /** Closes everything in reverse order, then exits 0. Repeated calls are ignored: a terminal's Ctrl-C and a supervisor's SIGTERM come together. */
  stop: (reason: string) => void
  /** Logs the error, closes everything, then exits 1. */
  fail: (error: unknown, message: string) => void
}

/**
 * @param options.seconds the deadline, after which the process exits 1 even if something has not closed
 * @param options.exit `process.exit`, or a test's own
 */
export function createStopper(options: { logger: Logger; seconds: number; exit: (code: number) => void }): Stopper {
  const { logger, seconds, exit } = options
  const controller = new AbortController()
  const closers: (() => unknown)[] = []

  const close = async (code: number) => {
    if (controller.signal.aborted) return
    const deadline = setTimeout(() => {
      logger.error({ seconds }, 'shutdown timed out')
      exit(1)
    }, seconds * 1000)
    controller.abort()
    let outcome = code
    for (const each of closers.toReversed()) {
      try {
        await each()
      } catch (error) {
        logger.error({ err: error }, 'an error occurred during shutdown')
        outcome = 1
      }
    }
    clearTimeout(deadline)
    logger.info('stopped')
    exit(outcome)
  }
  return {
    signal: controller.signal,
    onClose: (closer) => {
      closers.push(closer)
    },
    stop: (reason) => {
      if (!controller.signal.aborted) logger.info({ reason }, 'stopping')
      void close(0)
    },
    fail: (error, message) => {
      logger.fatal({ err: error }, message)
      void close(1)
    },
  }
}
