/** Returns the name of an error's class, even if a subclass did not set `name`. */
export function errorClass(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return error.name === 'Error' ? error.constructor.name : error.name
}

/** Joins an error's message with those of its causes: `fetch failed: connect ECONNREFUSED 127.0.0.1:4602`. */
export function errorMessage(error: unknown): string {
  return joined(error, new Set())
}

/** @param above the errors that this one is a cause of: a cause that is one of them says nothing new, and would never end */
function joined(error: unknown, above: ReadonlySet<unknown>): string {
  if (!(error instanceof Error)) return String(error)
  if (above.has(error)) return ''
  const along = new Set([...above, error])
  const parts = [error.message]
  if (error instanceof AggregateError) {
    const inner = error.errors.map((each) => joined(each, along))
    parts.push(inner.filter((part) => part !== '').join(', '))
  }
  if (error.cause !== undefined) parts.push(joined(error.cause, along))
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
