import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { arrayText, mergedText } from '../store/json-text.ts'
import type { SnippetText } from '../store/read-store.ts'

const Identified = Type.Object({ id: Type.String() })

/**
 * Returns what is related to an article as JSON text: citations from elsewhere, reviewed preprints without an article,
 * and articles of this store.
 *
 * @param named the JSON texts of the lists that the article names
 * @param mediaType the version of the media type; 1 has no reviewed preprints
 */
export function relatedText(
  named: { external: string; preprints: string },
  articles: readonly (SnippetText & { number: string })[],
  mediaType: number,
): string {
  const present = new Set(articles.map(({ number }) => withoutZeros(number)))
  const preprints = mediaType > 1 ? items(named.preprints).filter((preprint) => !present.has(numberOf(preprint))) : []
  return arrayText([
    ...[...items(named.external), ...preprints].map((item) => JSON.stringify(item)),
    ...articles.map(({ head, snippet }) => mergedText(head, snippet)),
  ])
}

function items(text: string): unknown[] {
  const value: unknown = JSON.parse(text)
  return Array.isArray(value) ? value : []
}

function numberOf(preprint: unknown): string {
  return Value.Check(Identified, preprint) ? withoutZeros(preprint.id) : ''
}

/** A preprint may be named by a number that is not padded. */
function withoutZeros(id: string): string {
  return id.replace(/^0+/, '')
}
