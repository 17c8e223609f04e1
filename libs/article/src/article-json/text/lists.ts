import { anchor, htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, isElement, textOf, type Element } from '../../jats/tree.ts'
import { anchored, headingParagraph, paragraph, withoutSections, type Block, type ListBlock } from '../blocks.ts'
import { markupContext, type Conversion } from '../conversion.ts'

const prefixes: Readonly<Record<string, ListBlock['prefix']>> = {
  order: 'number',
  number: 'number',
  bullet: 'bullet',
  'alpha-lower': 'alpha-lower',
  'alpha-upper': 'alpha-upper',
  'roman-lower': 'roman-lower',
  'roman-upper': 'roman-upper',
}

/** A list under its title. Items that have marks of their own keep them, and get no others. */
export function listBlocks(list: Element, conversion: Conversion): readonly Block[] {
  const entries = childrenOf(list, 'list-item')
  const areMarked = entries.some((item) => textOf(childOf(item, 'label')) !== '')
  const prefix = areMarked ? 'none' : (prefixes[attributeOf(list, 'list-type') ?? ''] ?? 'none')
  const items = entries.map((item) => listItem(item, conversion)).filter((item) => item.length > 0)
  const start = areMarked ? 1 : startOf(list, conversion)
  const block: ListBlock = { type: 'list', prefix, items, ...(start > 1 && { start }) }
  const strays = list.children.filter((node) => !isElement(node, 'list-item', 'label', 'title'))
  return [...headings(list, conversion), ...(items.length > 0 ? [block] : []), ...conversion.blocks(strays)]
}

/** Number of the first item: a list may continue another, which may continue another. */
function startOf(list: Element, { text }: Conversion): number {
  const before = new Set<Element>()
  let at: Element | undefined = list
  while ((at = text?.lists.get(attributeOf(at, 'continued-from') ?? '')) && at !== list && !before.has(at))
    before.add(at)
  return [...before].reduce(
    (sum, { children }) => sum + children.filter((node) => isElement(node, 'list-item')).length,
    1,
  )
}

function listItem(item: Element, conversion: Conversion): string | readonly Block[] {
  const label = htmlOf(childOf(item, 'label'), markupContext(conversion))
  const title = htmlOf(childOf(item, 'title'), markupContext(conversion))
  const content = conversion.blocks(item.children.filter((node) => !isElement(node, 'label', 'title')))
  const titled = title ? [headingParagraph(title), ...content] : content
  return itemOf(labelled(label, titled), attributeOf(item, 'id'), conversion)
}

/** The blocks with a mark at the beginning of their first line. */
export function labelled(label: string, blocks: readonly Block[]): readonly Block[] {
  if (!label) return blocks
  const [first, ...others] = blocks
  if (first?.type !== 'paragraph') return [...paragraph(label), ...blocks]
  return [{ ...first, text: `${label} ${first.text}` }, ...others]
}

/** Terms in bold, each before its definitions. */
export function definitionList(list: Element, conversion: Conversion): readonly Block[] {
  const context = markupContext(conversion)
  const items = childrenOf(list, 'def-item').map((item) => {
    const blocks = item.children.flatMap((node): readonly Block[] => {
      if (isElement(node, 'label')) return []
      if (isElement(node, 'term')) {
        const text = htmlOf(node, context)
        return anchoredIf(text ? [{ type: 'paragraph', text: `<b>${text}</b>` }] : [], node, conversion)
      }
      return isElement(node, 'def')
        ? anchoredIf(conversion.blocks(node.children), node, conversion)
        : conversion.blocks([node])
    })
    return itemOf(labelled(htmlOf(childOf(item, 'label'), context), blocks), attributeOf(item, 'id'), conversion)
  })
  const filled = items.filter((item) => item.length > 0)
  const heads = childrenOf(list, 'term-head', 'def-head').map((head) => htmlOf(head, context))
  const strays = list.children.filter((node) => !isElement(node, 'label', 'title', 'term-head', 'def-head', 'def-item'))
  return [
    ...headings(list, conversion),
    ...heads.filter(Boolean).map((head) => headingParagraph(head)),
    ...(filled.length > 0 ? [{ type: 'list' as const, prefix: 'none' as const, items: filled }] : []),
    ...conversion.blocks(strays),
  ]
}

function headings(list: Element, conversion: Conversion): readonly Block[] {
  const parts = childrenOf(list, 'label', 'title').map((part) => htmlOf(part, markupContext(conversion)))
  const title = parts.filter(Boolean).join(' ')
  return title ? [headingParagraph(title)] : []
}

function anchoredIf(blocks: readonly Block[], element: Element, { text }: Conversion): readonly Block[] {
  const id = attributeOf(element, 'id')
  return id !== undefined && text?.linked.has(id) === true ? anchored(blocks, id) : blocks
}

/** One paragraph is a text; anything more is a list of blocks. */
function itemOf(blocks: readonly Block[], id: string | undefined, { text }: Conversion): string | readonly Block[] {
  const placed = id !== undefined && text?.linked.has(id) === true ? anchored(blocks, id) : blocks
  const [first, ...others] = withoutSections(placed)
  if (first?.type !== 'paragraph' || others.length > 0 || first.isHeading) return first ? [first, ...others] : ''
  return (first.anchors ?? []).map((place) => anchor(place)).join('') + first.text
}
