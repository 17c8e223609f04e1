import { escapeAttribute } from '../../jats/escape.ts'
import { inlineHtml, type MarkupContext } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, isElement, type Element, type Node } from '../../jats/tree.ts'
import type { TableBlock } from '../blocks.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'
import { sourceDataOf } from '../figures/files.ts'
import { htmlOf } from '../../jats/markup.ts'
import { paragraphs, plainParagraphs, titled } from '../titled.ts'

const rowsAndCells = new Set(['thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'colgroup', 'col', 'caption'])
const cellAttributes = new Set(['colspan', 'rowspan', 'align', 'valign', 'scope', 'span'])

/** A `table-wrap` whose table is text; undefined when it has none, for example because it is an image. */
export function tableBlock(wrap: Element, places: FilePlaces): TableBlock | undefined {
  const context = markupContext(places)
  const tables = [...descendantsOf(wrap, ['table'], ['table'])].map((table) => tableHtml(table, context))
  if (tables.length === 0) return undefined
  return {
    type: 'table',
    ...titled(wrap, context),
    tables,
    footnotes: childrenOf(wrap, 'table-wrap-foot').flatMap((foot) => footnotes(foot, context)),
    sourceData: sourceDataOf(wrap, places),
  }
}

/** The table as HTML: rows, cells and their spans; what is in a cell is inline HTML. */
function tableHtml(table: Element, context: MarkupContext): string {
  return `<table>${childrenOf(table)
    .map((child) => partHtml(child, context))
    .join('')}</table>`
}

function partHtml(element: Element, context: MarkupContext): string {
  const { name } = element
  if (!rowsAndCells.has(name)) return ''
  const attributes = Object.entries(element.attributes)
    .filter(([key, value]) => cellAttributes.has(key) && value !== '')
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join('')
  if (name === 'col') return `<col${attributes}>`
  const isCell = name === 'td' || name === 'th' || name === 'caption'
  const inner = isCell
    ? cellHtml(element, context)
    : childrenOf(element)
        .map((child) => partHtml(child, context))
        .join('')
  return `<${name}${attributes}>${inner}</${name}>`
}

/** Paragraphs and list items of a cell stand on lines of their own. */
function cellHtml(cell: Element, context: MarkupContext): string {
  const lines: Node[][] = [[]]
  for (const node of cell.children) {
    if (isElement(node, 'p', 'title')) lines.push([node], [])
    else if (isElement(node, 'list')) lines.push(...childrenOf(node, 'list-item').map((item) => [item]), [])
    else lines.at(-1)?.push(node)
  }
  return lines
    .map((line) => inlineHtml(line, context))
    .filter(Boolean)
    .join('<br>')
}

function footnotes(foot: Element, context: MarkupContext): NonNullable<TableBlock['footnotes']> {
  const notes = [...descendantsOf(foot, ['fn'])].map((fn) => {
    const id = attributeOf(fn, 'id')
    const label = htmlOf(childOf(fn, 'label'), context) || undefined
    return { ...(id && label && { id, label }), text: paragraphs(fn, context) }
  })
  const loose = plainParagraphs(childrenOf(foot, 'p'), context).map((paragraph) => ({ text: [paragraph] }))
  return [...notes, ...loose].filter(({ text }) => text.length > 0)
}
