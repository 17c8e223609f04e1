import { attributeOf, childOf, childrenOf, type Element } from '../../jats/tree.ts'
import { withoutSections, type Paragraph, type Section } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { type FilePlaces } from '../conversion.ts'
import { ownDoi } from '../titled.ts'

export interface Abstract {
  readonly doi?: string | undefined
  readonly content: readonly (Paragraph | Section)[]
}

export interface Digest {
  readonly doi?: string | undefined
  readonly content: readonly Paragraph[]
}

/** The abstract proper: paragraphs, or sections of paragraphs. */
export function abstractOf(root: Element, places: FilePlaces): Abstract | undefined {
  const abstract = ofType(root, (type) => type === undefined)
  const content = blocksOf(abstract, places).flatMap((block): readonly (Paragraph | Section)[] => {
    if (block.type === 'paragraph') return [block]
    const inner = block.type === 'section' ? paragraphsIn(withoutSections(block.content)) : []
    return block.type === 'section' && inner.length > 0 ? [{ ...block, content: inner }] : []
  })
  return abstract && content.length > 0 ? { doi: ownDoi(abstract), content } : undefined
}

/** The summary for a wider public. */
export function digestOf(root: Element, places: FilePlaces): Digest | undefined {
  const digest = ofType(root, (type) => type === 'executive-summary' || type === 'plain-language-summary')
  const content = paragraphsIn(withoutSections(blocksOf(digest, places)))
  return digest && content.length > 0 ? { doi: ownDoi(digest), content } : undefined
}

function paragraphsIn(blocks: readonly { readonly type: string }[]): readonly Paragraph[] {
  return blocks.filter((block): block is Paragraph => block.type === 'paragraph')
}

function ofType(root: Element, isWanted: (type: string | undefined) => boolean): Element | undefined {
  const abstracts = childrenOf(childOf(root, 'front', 'article-meta'), 'abstract')
  return abstracts.find((abstract) => isWanted(attributeOf(abstract, 'abstract-type')))
}
