import { repeatsDoi } from '../jats/doi-paragraph.ts'
import { htmlOf, type MarkupContext } from '../jats/markup.ts'
import { attributeOf, childOf, childrenOf, isElement, textOf, type Element, type Node } from '../jats/tree.ts'
import { attributionOf } from './attribution.ts'
import type { Paragraph, Titled } from './blocks.ts'
import { markupContext, type Conversion } from './conversion.ts'

/** The DOI that an element has of its own. */
export function ownDoi(element: Element): string | undefined {
  const identifiers = childrenOf(element, 'object-id', 'article-id')
  return textOf(identifiers.find((id) => attributeOf(id, 'pub-id-type') === 'doi')) || undefined
}

/** `Figure 1` of `Figure 1.`. */
export function labelOf(element: Element, context: MarkupContext): string | undefined {
  return htmlOf(childOf(element, 'label'), context).replace(/[.:]\s*$/, '') || undefined
}

/** Parts that are about a block, beside those that it holds. */
export const legendParts = ['label', 'title', 'caption', 'object-id', 'attrib', 'permissions', 'alt-text', 'long-desc']

/** Id, DOI, label, title and caption of a figure, table, video or file. */
export function titled(element: Element, conversion: Conversion): Titled {
  const context = markupContext(conversion)
  return {
    id: attributeOf(element, 'id'),
    doi: ownDoi(element),
    label: labelOf(element, context),
    title: titleOf(element, context),
    caption: conversion.blocks(captionParts(element)),
    attribution: attributionOf(element, context),
    longDescription: descriptionOf(element),
  }
}

/** The words that stand for an element where it is not seen, but for an image's short one, which goes with the image. */
export function descriptionOf(element: Element): string | undefined {
  const words = childrenOf(element, 'alt-text', 'long-desc').map(textOf).filter(Boolean)
  return words.join(' ') || undefined
}

/** The title of a caption, or the element's own. */
export function titleOf(element: Element, context: MarkupContext): string | undefined {
  const titles = [...childrenOf(element, 'title', 'subtitle'), ...childrenOf(childOf(element, 'caption'), 'title')]
  return (
    titles
      .map((title) => htmlOf(title, context))
      .filter(Boolean)
      .join(' ') || undefined
  )
}

/** The parts of a caption below its title. */
export function captionParts(element: Element): readonly Node[] {
  return childrenOf(element, 'caption').flatMap(({ children }) => children.filter((node) => !isElement(node, 'title')))
}

/** The parts that an element holds, without those that are about it. */
export function ownParts(element: Element, ...further: readonly string[]): readonly Node[] {
  return element.children.filter((node) => !isElement(node, ...legendParts, ...further))
}

/** Plain paragraphs only: formulas within stay in the line. */
export function plainParagraphs(elements: readonly Element[], context: MarkupContext): readonly Paragraph[] {
  return elements
    .filter((element) => !repeatsDoi(element))
    .map((element): Paragraph => ({ type: 'paragraph', text: htmlOf(element, context) }))
    .filter(({ text }) => text !== '')
}
