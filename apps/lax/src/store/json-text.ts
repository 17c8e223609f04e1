/**
 * JSON put together from JSON texts: what is stored is served as it is, never parsed on its way out.
 */

/** The text of an object of which the values' texts are given. */
export function objectText(values: Record<string, string>): string {
  return `{${Object.entries(values)
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`)
    .join(',')}}`
}

export function arrayText(items: readonly string[]): string {
  return `[${items.join(',')}]`
}

/** One object's text of two; neither is empty, and they have no key in common. */
export function mergedText(first: string, second: string): string {
  return `${first.slice(0, -1)},${second.slice(1)}`
}
