import { destination, pino, type DestinationStream, type Level, type Logger } from 'pino'

export type { Logger } from 'pino'

const secretKeys = ['authorization', 'cookie', 'set-cookie', 'token', 'password', 'secret']

/** pino redacts by path, so each name is listed at the three depths at which log lines have objects. */
const secretPaths = secretKeys.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`])

/**
 * Creates the logger of a process: JSON lines with `time` (UTC), `level` as a word, `service` and `message`. Values of the
 * keys authorization, cookie, token, password and secret are replaced by `[redacted]`.
 *
 * @param options.stream the destination; standard output by default
 */
export function createLogger(options: {
  service: string
  level: Level | 'silent'
  stream?: DestinationStream
}): Logger {
  const { service, level, stream } = options
  const settings = {
    level,
    base: { service },
    messageKey: 'message',
    timestamp: () => `,"time":"${Temporal.Now.instant().toString({ smallestUnit: 'millisecond' })}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretPaths, censor: '[redacted]' },
  }
  // Written synchronously: at exit, pino's buffered output would wait forever for a reader that was killed.
  return pino(settings, stream ?? destination({ fd: 1, sync: true }))
}
