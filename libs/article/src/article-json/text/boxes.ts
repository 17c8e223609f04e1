import { htmlOf, inlineHtml } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, isElement, type Element } from '../../jats/tree.ts'
import { headingParagraph, paragraph, type Block } from '../blocks.ts'
import { boxOf } from '../box.ts'
import { markupContext, type Conversion } from '../conversion.ts'
import { ownParts, titled, titleOf } from '../titled.ts'
import { labelled } from './lists.ts'

/** A box: its caption, which may hold figures and formulas, and its content. */
export function boxBlocks(box: Element, conversion: Conversion): readonly Block[] {
  const { caption = [], attribution = [], ...about } = titled(box, conversion)
  return boxOf(about, [...caption, ...conversion.blocks(ownParts(box)), ...attribution.flatMap(paragraph)])
}

/** Parts of a set of questions that have a mark or a title, and stand one after the other. */
export function markedBlocks(element: Element, conversion: Conversion): readonly Block[] {
  const context = markupContext(conversion)
  const title = titleOf(element, context)
  const content = conversion.blocks(ownParts(element))
  const blocks = title ? [headingParagraph(title), ...content] : content
  return labelled(htmlOf(childOf(element, 'label'), context), blocks)
}

/** The metadata of a section as a whole: its authors, keywords and summary. */
export function sectionMetadata(sec: Element, conversion: Conversion): readonly Block[] {
  const context = markupContext(conversion)
  return childrenOf(childOf(sec, 'sec-meta')).flatMap((part): readonly Block[] => {
    if (isElement(part, 'abstract', 'trans-abstract')) return markedBlocks(part, conversion)
    if (isElement(part, 'object-id')) return []
    const children = childrenOf(part)
    const separate = isElement(part, 'contrib-group', 'kwd-group', 'subj-group') && children.length > 0
    const words = separate ? children.map((child) => inlineHtml(spaced(child), context)) : [htmlOf(part, context)]
    return paragraph(words.filter(Boolean).join(', '))
  })
}

/** Pieces of a name, or of a date, with blanks between them. */
function spaced(element: Element): Element['children'] {
  return element.children.flatMap((node) => [' ', ...(isElement(node, 'name', 'string-name') ? spaced(node) : [node])])
}

/** The id of an element, when a link leads to it. */
export function linkedId(element: Element, { text }: Conversion): string | undefined {
  const id = attributeOf(element, 'id')
  return id !== undefined && text?.linked.has(id) === true ? id : undefined
}
