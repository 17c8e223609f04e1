/** A logger; any pino logger is one. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** A logger that discards everything. */
export const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Wraps a logger so that it logs only while the condition holds: replays repeat code, not log lines. */
export function logOnlyWhile(live: () => boolean, log: Logger): Logger {
  return {
    debug: (fields, message) => void (live() && log.debug(fields, message)),
    info: (fields, message) => void (live() && log.info(fields, message)),
    warn: (fields, message) => void (live() && log.warn(fields, message)),
    error: (fields, message) => void (live() && log.error(fields, message)),
  }
}

/** Wraps a logger so that every line has the fields. */
export function withFields(fields: object, log: Logger): Logger {
  return {
    debug: (more, message) => log.debug({ ...fields, ...more }, message),
    info: (more, message) => log.info({ ...fields, ...more }, message),
    warn: (more, message) => log.warn({ ...fields, ...more }, message),
    error: (more, message) => log.error({ ...fields, ...more }, message),
  }
}
