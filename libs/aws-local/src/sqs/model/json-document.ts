/** The JSON object in the text, if it is one. */
export function parseDocument(value: string): object | undefined {
  try {
    const document: unknown = JSON.parse(value)
    return typeof document === 'object' && document !== null && !Array.isArray(document) ? document : undefined
  } catch {
    return undefined
  }
}
