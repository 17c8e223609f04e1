/**
 * Names the kind of an article in its journal's words; of a run whose bot did not tell them, by the type of the XML:
 * `research-article` is "Research Article".
 */
export function kindOf(kind: string | undefined, type: string | undefined): string | undefined {
  if (kind !== undefined || type === undefined) return kind
  return type.replaceAll(/[-_]/g, ' ').replaceAll(/\b\p{L}/gu, (letter) => letter.toUpperCase())
}

/** Splits the subjects of an article, one per line. */
export function subjectsOf(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line !== '')
}
