/**
 * JSON composed of JSON texts: stored content is served as it is, without being parsed.
 */

/** Composes an object of the JSON texts of its values. */
export function objectText(values: Record<string, string>): string {
  return `{${Object.entries(values)
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`)
    .join(',')}}`
}

export function arrayText(items: readonly string[]): string {
  return `[${items.join(',')}]`
}

/** Merges the texts of two objects; neither is empty, and they have no common key. */
export function mergedText(first: string, second: string): string {
  return `${first.slice(0, -1)},${second.slice(1)}`
}
