import type { Node } from '@continuum/article/jats'
import { inlineOf, textOfMade, type InlineTags } from './inline.ts'

const plain: InlineTags = { tags: {}, formula: { words: '[Formula: see text]' } }

/** A text without any tags; a formula is named, not written. */
export function plainText(nodes: readonly Node[]): string {
  return textOfMade(inlineOf(nodes, plain)).replaceAll(/ {2,}/g, ' ').trim()
}
