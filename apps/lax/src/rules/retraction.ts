import { isJsonObject, type Json } from './json.ts'

/** A retraction of an article, as its article JSON tells it: `retraction`. */
export interface Retraction {
  /** The day of the retraction, UTC: `2026-11-30`. */
  readonly date: string
  /** In words for readers. */
  readonly reason: string
  /** The DOI of the notice, where it is an article of its own. */
  readonly notice?: string
}

/** The name of the fragment by which an article is retracted. */
export const retractionFragment = 'retraction'

const prefix = 'RETRACTED'

/**
 * Marks the title of a retracted article, wherever it is shown; what the title's own prefix says stays behind it. Rule: NISO RP-45-2024
 * (CREC), which has the word precede the title in all metadata.
 */
export function markRetracted(article: Json): Json {
  if (!isJsonObject(article['retraction'])) return article
  const { title, titlePrefix } = article
  const said = [titlePrefix, title].some((text) => typeof text === 'string' && /^retracted\b/i.test(text))
  if (said) return article
  return { ...article, titlePrefix: typeof titlePrefix === 'string' ? `${prefix}: ${titlePrefix}` : prefix }
}
