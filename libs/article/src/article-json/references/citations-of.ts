import { attributeOf, childrenOf, isElement, type Element } from '../../jats/tree.ts'

/** A work cited in an entry of the list, as its parts and as it is written; one of them may be all there is. */
export interface CitedWork {
  /** The citation that names its parts best. */
  readonly parts: Element
  /** The citation with its own punctuation, where there is one. */
  readonly written: Element | undefined
}

const citations = ['element-citation', 'mixed-citation', 'nlm-citation', 'citation']

/**
 * The works of one entry. A citation in parts and one as written, side by side or as alternatives, are the same work;
 * several of one sort are several.
 */
export function citedWorks(ref: Element): readonly CitedWork[] {
  const direct = childrenOf(ref, ...citations)
  return [
    ...paired(direct),
    ...childrenOf(ref, 'citation-alternatives').flatMap((group) => paired(childrenOf(group, ...citations)).slice(0, 1)),
  ]
}

function paired(found: readonly Element[]): readonly CitedWork[] {
  const written = found.filter(isWritten)
  const inParts = found.filter((citation) => !isWritten(citation))
  if (written.length > 0 && inParts.length === written.length)
    return inParts.map((parts, index) => ({ parts, written: written[index] }))
  return found.map((citation) => ({ parts: citation, written: isWritten(citation) ? citation : undefined }))
}

/** Tells if a citation has text of its own between its parts, such as punctuation. */
function isWritten(citation: Element): boolean {
  return citation.children.some((node) => !isElement(node) && node.trim() !== '')
}

/** The kind of publication, as JATS or NLM says it. */
export function publicationType(citation: Element): string | undefined {
  return attributeOf(citation, 'publication-type') ?? attributeOf(citation, 'citation-type')
}
