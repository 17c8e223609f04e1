import { repeatsDoi } from '../jats/doi-paragraph.ts'
import { htmlOf, type MarkupContext } from '../jats/markup.ts'
import { attributeOf, childOf, childrenOf, textOf, type Element } from '../jats/tree.ts'
import type { MathBlock, Paragraph, Titled } from './blocks.ts'
import { formulas } from './formulas/formula.ts'

/** The DOI that an element has of its own. */
export function ownDoi(element: Element): string | undefined {
  const identifiers = childrenOf(element, 'object-id', 'article-id')
  return textOf(identifiers.find((id) => attributeOf(id, 'pub-id-type') === 'doi')) || undefined
}

/** `Figure 1` of `Figure 1.`. */
export function labelOf(element: Element, context: MarkupContext): string | undefined {
  return htmlOf(childOf(element, 'label'), context).replace(/[.:]\s*$/, '') || undefined
}

/** Id, DOI, label, title and caption of a figure, table, video or file. */
export function titled(element: Element, context: MarkupContext): Titled {
  const caption = childOf(element, 'caption')
  return {
    id: attributeOf(element, 'id'),
    doi: ownDoi(element),
    label: labelOf(element, context),
    title: htmlOf(childOf(caption, 'title') ?? childOf(element, 'title'), context) || undefined,
    caption: paragraphs(caption, context),
  }
}

/** Paragraphs and formulas of an element, without those that only repeat a DOI. */
export function paragraphs(element: Element | undefined, context: MarkupContext): readonly (Paragraph | MathBlock)[] {
  return childrenOf(element, 'p', 'disp-formula').flatMap((child) =>
    child.name === 'p' ? paragraphParts(child, context) : formulas(child),
  )
}

/** Plain paragraphs only: formulas within stay in the line. */
export function plainParagraphs(elements: readonly Element[], context: MarkupContext): readonly Paragraph[] {
  return elements
    .filter((element) => !repeatsDoi(element))
    .map((element): Paragraph => ({ type: 'paragraph', text: htmlOf(element, context) }))
    .filter(({ text }) => text !== '')
}

/** A paragraph of a caption: files and videos in it are collected elsewhere. */
function paragraphParts(p: Element, context: MarkupContext): readonly (Paragraph | MathBlock)[] {
  const files = ['supplementary-material', 'media', 'fig', 'table-wrap']
  const children = p.children.filter((node) => typeof node === 'string' || !files.includes(node.name))
  return plainParagraphs([{ ...p, children }], context)
}
