/** Returns the name of an error's class, even if a subclass did not set `name`. */
export function errorClass(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return error.name === 'Error' ? error.constructor.name : error.name
}

/** Joins an error's message with those of its causes: `fetch failed: connect ECONNREFUSED 127.0.0.1:4602`. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const parts = [error.message]
  if (error instanceof AggregateError) parts.push(error.errors.map(errorMessage).join(', '))
  if (error.cause !== undefined) parts.push(errorMessage(error.cause))
  return parts.filter((part, at) => part !== '' && !(at > 0 && error.message.includes(part))).join(': ')
}

/** Returns an error's fields for a log line; with its stack where the error may be a bug. */
export function errorFields(error: unknown, { stack = false }: { stack?: boolean } = {}): object {
  const fields = { error: errorClass(error), message: errorMessage(error) }
  return stack && error instanceof Error ? { ...fields, stack: error.stack } : fields
}

/** Cuts a text to a maximum length, with an ellipsis. */
export function shorten(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`
}
