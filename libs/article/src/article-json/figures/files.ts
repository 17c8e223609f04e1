import { childOf, childrenOf, descendantsOf, type Element } from '../../jats/tree.ts'
import type { AdditionalFile, Paragraph } from '../blocks.ts'
import { linkedFile, markupContext, type FilePlaces } from '../conversion.ts'
import { plainParagraphs, titled } from '../titled.ts'

/** Files that belong to a figure, table or video: its source data and code. */
export function sourceDataOf(element: Element, places: FilePlaces): readonly AdditionalFile[] {
  const within = descendantsOf(element, ['supplementary-material'], ['fig', 'table-wrap', 'media'])
  return [...within].flatMap((file, index) => additionalFile(file, index, places))
}

/** Files of the article as a whole: those that stand in no figure. A PoA has them all in one zip. */
export function additionalFiles(root: Element, places: FilePlaces): readonly AdditionalFile[] {
  const own = ['fig', 'fig-group', 'table-wrap', 'media', 'boxed-text', 'supplementary-material']
  const parts = [childOf(root, 'body'), childOf(root, 'back')]
  const files = parts.flatMap((part) => [...descendantsOf(part, ['supplementary-material'], own)])
  return files.flatMap((file, index) => additionalFile(file, index, places))
}

function additionalFile(element: Element, index: number, places: FilePlaces): readonly AdditionalFile[] {
  const context = markupContext(places)
  const links = [...descendantsOf(element, ['media', 'inline-supplementary-material', 'ext-link']), element]
  const file = links.map((link) => linkedFile(places, link)).find((found) => found !== undefined)
  if (!file) return []
  const { id, label, title, caption, ...rest } = titled(element, context)
  const about: readonly Paragraph[] = plainParagraphs(childrenOf(element, 'p'), context)
  // A PoA's zip has neither label nor title; a title alone serves as the label.
  const named = label ?? title ?? 'All additional files'
  return [
    {
      ...rest,
      id: id ?? `SD${index + 1}-data`,
      label: named,
      title: label ? title : undefined,
      caption: [...(caption ?? []), ...about],
      ...file,
    },
  ]
}
