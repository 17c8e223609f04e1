import { escapeAttribute } from '../../jats/escape.ts'
import { inlineHtml, type MarkupContext } from '../../jats/markup.ts'
import { attributeOf, childrenOf, isElement, textOf, type Element, type Node } from '../../jats/tree.ts'

const rowsAndCells = new Set(['thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'colgroup', 'col', 'caption'])
const cells = ['td', 'th', 'caption']
const cellAttributes = new Set(['colspan', 'rowspan', 'align', 'valign', 'scope', 'span'])

/** The table as HTML: rows, cells and their spans; what is in a cell is inline HTML and lists. */
export function tableHtml(table: Element, context: MarkupContext): string {
  return `<table>${partsHtml(table, context)}</table>`
}

function partsHtml(element: Element, context: MarkupContext): string {
  return element.children.map((child) => partHtml(child, element.name, context)).join('')
}

function partHtml(node: Node, around: string, context: MarkupContext): string {
  if (!isElement(node) || !rowsAndCells.has(node.name)) return strayHtml(node, around, context)
  const { name } = node
  const attributes = [...attributesOf(node)].map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`).join('')
  if (name === 'col') return `<col${attributes}>`
  if (name === 'colgroup') return columnsHtml(node, attributes, context)
  return `<${name}${attributes}>${cells.includes(name) ? cellHtml(node.children, context) : partsHtml(node, context)}</${name}>`
}

/** Words cannot stand among the columns: they follow. */
function columnsHtml(element: Element, attributes: string, context: MarkupContext): string {
  const columns = childrenOf(element, 'col').map((column) => partHtml(column, 'colgroup', context))
  const strays = element.children.filter((node) => !isElement(node, 'col'))
  return `<colgroup${attributes}>${columns.join('')}</colgroup>${strays.map((node) => strayHtml(node, 'table', context)).join('')}`
}

/** Spans and alignment; some say the alignment as a style. */
function attributesOf(element: Element): ReadonlyMap<string, string> {
  const kept = Object.entries(element.attributes).filter(([key, value]) => cellAttributes.has(key) && value !== '')
  const attributes = new Map(kept)
  const styled = /text-align:\s*(left|right|center|justify)/.exec(attributeOf(element, 'style') ?? '')?.[1]
  if (styled && cells.includes(element.name) && !attributes.has('align')) attributes.set('align', styled)
  return attributes
}

/** Words where a table has none get a cell, or a row, of their own. */
function strayHtml(node: Node, around: string, context: MarkupContext): string {
  if (textOf(node) === '' || isElement(node, 'label', 'object-id')) return ''
  const cell = `<td>${cellHtml([node], context)}</td>`
  if (around === 'tr') return cell
  if (around === 'table') return `<tbody><tr>${cell}</tr></tbody>`
  return `<tr>${cell}</tr>`
}

/** Paragraphs of a cell stand on lines of their own, lists are lists. */
export function cellHtml(nodes: readonly Node[], context: MarkupContext): string {
  const lines: (string | Node[])[] = [[]]
  for (const node of nodes) {
    const last = lines.at(-1)
    if (isElement(node, 'p', 'title', 'disp-formula', 'verse-line')) lines.push([node], [])
    else if (isElement(node, 'list')) lines.push(listHtml(node, context), [])
    else if (Array.isArray(last)) last.push(node)
  }
  const written = lines.map((line) => (typeof line === 'string' ? line : lineHtml(line, context))).filter(Boolean)
  return written.join('<br>').replaceAll(/(?<=<\/[uo]l>)<br>|<br>(?=<[uo]l>)/g, '')
}

/** A paragraph may hold lists. */
function lineHtml(line: readonly Node[], context: MarkupContext): string {
  const [only, ...others] = line
  if (only === undefined || others.length > 0 || !isElement(only, 'p')) return inlineHtml(line, context)
  return childrenOf(only, 'list').length > 0 ? cellHtml(only.children, context) : inlineHtml(line, context)
}

function listHtml(list: Element, context: MarkupContext): string {
  const tag = attributeOf(list, 'list-type') === 'order' ? 'ol' : 'ul'
  const items = childrenOf(list).map((item) => `<li>${cellHtml(item.children, context)}</li>`)
  return `<${tag}>${items.join('')}</${tag}>`
}
