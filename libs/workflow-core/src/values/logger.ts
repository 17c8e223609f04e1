/** The part of a pino logger that is used here. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Says nothing. */
export const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Says only what is said while `live` holds: a replay repeats the code, not its log. */
export function onlyWhile(live: () => boolean, log: Logger): Logger {
  return {
    debug: (fields, message) => void (live() && log.debug(fields, message)),
    info: (fields, message) => void (live() && log.info(fields, message)),
    warn: (fields, message) => void (live() && log.warn(fields, message)),
    error: (fields, message) => void (live() && log.error(fields, message)),
  }
}

/** Adds fields to each line. */
export function withFields(fields: object, log: Logger): Logger {
  return {
    debug: (more, message) => log.debug({ ...fields, ...more }, message),
    info: (more, message) => log.info({ ...fields, ...more }, message),
    warn: (more, message) => log.warn({ ...fields, ...more }, message),
    error: (more, message) => log.error({ ...fields, ...more }, message),
  }
}
