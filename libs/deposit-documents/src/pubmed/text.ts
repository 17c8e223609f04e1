import type { Element, Node } from '@continuum/article/jats'
import type { XmlElement } from '../xml/element.ts'
import { inlineIn, inlineOf, type InlineTags } from '../xml/inline.ts'

/** Inline tags that PubMed's DTD allows; a formula is named, not written. */
const tags: InlineTags = {
  tags: { italic: 'i', bold: 'b', underline: 'u', sup: 'sup', sub: 'sub' },
  formula: { words: '[Formula: see text]' },
}

/** A title with PubMed's inline tags, not bold as a whole. */
export function pubmedTitle(element: Element | undefined): readonly (XmlElement | string)[] {
  return inlineIn(element, tags)
}

/** A text with PubMed's inline tags. */
export function pubmedText(nodes: readonly Node[]): readonly (XmlElement | string)[] {
  return inlineOf(nodes, tags)
}
