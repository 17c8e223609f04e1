import { bestForms, formulasIn, hasFormula } from '../../jats/formulas/formula.ts'
import { htmlOf, inlineHtml } from '../../jats/markup.ts'
import { attributeOf, childOf, isElement, textOf, type Element, type Node } from '../../jats/tree.ts'
import { paragraph, type Block, type ImageBlock } from '../blocks.ts'
import { markupContext, type Conversion } from '../conversion.ts'

/** Ways to write a formula, and what belongs to one that is no part of it. */
const forms = ['mml:math', 'tex-math', 'graphic', 'inline-graphic', 'media', 'alternatives']
const furniture = ['label', 'object-id', 'alt-text', 'long-desc', 'caption', 'title', 'permissions', 'attrib']

/**
 * A formula that stands alone: MathML, made of its TeX where there is no other; or an image with the formula's number; or,
 * of words and formulas, a paragraph.
 *
 * @param picture what an image in it is, or nothing when it is not there
 */
export function equationBlocks(
  element: Element,
  conversion: Conversion,
  picture: (element: Element) => readonly ImageBlock[],
): readonly Block[] {
  const context = markupContext(conversion)
  const id = attributeOf(element, 'id')
  const label = htmlOf(childOf(element, 'label'), context) || undefined
  const parts = element.children.filter((node) => !isElement(node, ...furniture))
  if (hasWordsBeside(parts)) {
    const anchors = id && context.linked?.has(id) ? [id] : undefined
    const text = [inlineHtml(bestForms(parts), context), label].filter(Boolean).join(' ')
    return paragraph(text).map((line) => ({ ...line, ...(anchors && { anchors }) }))
  }
  if (hasFormula(element)) {
    return formulasIn(element, true).map(({ mathml, tex }, index) => ({
      type: 'mathml',
      ...(index === 0 && { id, label }),
      mathml: mathml.replace(/^<math[^>]*>/, '<math>'),
      tex,
    }))
  }
  const [first, ...others] = picture(element)
  if (!first) return paragraph(label ?? '').map((line) => ({ ...line, ...(id && { anchors: [id] }) }))
  const asFormula = {
    caption: undefined,
    title: undefined,
    doi: undefined,
    sourceData: undefined,
    isFormula: true as const,
  }
  return [{ ...first, ...asFormula, id, label, furtherImages: others.map(({ image }) => image) }]
}

/** Formulas under one number, each with its own. */
export function equationGroup(group: Element, conversion: Conversion): readonly Block[] {
  const context = markupContext(conversion)
  const heading = [childOf(group, 'label'), childOf(group, 'caption', 'title')].map((part) => htmlOf(part, context))
  const caption = childOf(group, 'caption')?.children.filter((node) => !isElement(node, 'title')) ?? []
  const parts = group.children.filter((node) => !isElement(node, ...furniture))
  return [...paragraph(heading.filter(Boolean).join(' ')), ...conversion.blocks(parts), ...conversion.blocks(caption)]
}

function hasWordsBeside(parts: readonly Node[]): boolean {
  return parts.some((node) => !isElement(node, ...forms) && textOf(node) !== '')
}
