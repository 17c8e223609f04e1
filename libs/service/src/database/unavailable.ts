/** Connection errors, and PostgreSQL's error classes for temporary failures. */
const unavailableCodes =
  /^(CONN|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|08|40|53|55P03|57P0|58)/

/** Checks that an error says that the database is unavailable, so that a retry may succeed. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && unavailableCodes.test(String(error.code))
}
