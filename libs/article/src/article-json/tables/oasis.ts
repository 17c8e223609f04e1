import { escapeAttribute } from '../../jats/escape.ts'
import type { MarkupContext } from '../../jats/markup.ts'
import { attributeOf, childrenOf, isElement, textOf, type Element, type Node } from '../../jats/tree.ts'
import { cellHtml } from './rows.ts'

/** Tells if a table is one of the OASIS exchange model, which calls its rows so and its cells entries. */
export function isOasis(table: Element): boolean {
  return localName(table) === 'tgroup' || named(table, 'tgroup').length > 0
}

/** `entry` of `oasis:entry`. */
function localName({ name }: Element): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Columns of a table by their names, and named spans of them. */
interface Columns {
  readonly numbers: ReadonlyMap<string, number>
  readonly spans: ReadonlyMap<string, Element>
  readonly count: number
}

/**
 * A table of the OASIS exchange model (CALS) as HTML, one for each of its `tgroup`s: entries become cells, the columns and
 * rows that they cover become spans.
 */
export function oasisTableHtml(table: Element, context: MarkupContext): readonly string[] {
  const groups = localName(table) === 'tgroup' ? [table] : named(table, 'tgroup')
  // The title of the whole stands above its first part.
  const titles = [
    named(table, 'title')
      .map((title) => cellHtml(title.children, context))
      .join(' '),
  ]
  return groups.map((group, index) => {
    const columns = columnsOf(group)
    const parts = ['thead', 'tbody', 'tfoot'].flatMap((part) =>
      named(group, part).map((element) => partHtml(part, element, columns, context)),
    )
    const strays = group.children
      .filter((node) => textOf(node) && !(isElement(node) && ['thead', 'tbody', 'tfoot'].includes(localName(node))))
      .map((node) => `<tbody><tr>${strayHtml(node, columns, context)}</tr></tbody>`)
    const title = titles[index] ?? ''
    return `<table>${title && `<caption>${title}</caption>`}${[...parts, ...strays].join('')}</table>`
  })
}

function columnsOf(group: Element): Columns {
  const numbers = named(group, 'colspec').map((column, index): [string, number] => {
    const number = Number(attributeOf(column, 'colnum') ?? index + 1)
    return [attributeOf(column, 'colname') ?? String(number), number]
  })
  const spans = named(group, 'spanspec').map((span): [string, Element] => [attributeOf(span, 'spanname') ?? '', span])
  const count = Number(attributeOf(group, 'cols') ?? numbers.length)
  return { numbers: new Map(numbers), spans: new Map(spans), count: Number.isInteger(count) ? count : 1 }
}

function partHtml(part: string, element: Element, columns: Columns, context: MarkupContext): string {
  const tag = part === 'thead' ? 'th' : 'td'
  const rows = element.children.map((row) => {
    if (isElement(row) && localName(row) === 'colspec') return ''
    if (!isElement(row) || localName(row) !== 'row')
      return textOf(row) && `<tr>${strayHtml(row, columns, context)}</tr>`
    const entries = row.children.map((entry) => {
      if (isElement(entry) && localName(entry) === 'entry') return entryHtml(tag, entry, columns, context)
      return textOf(entry) && strayHtml(entry, { ...columns, count: 1 }, context)
    })
    return `<tr>${entries.join('')}</tr>`
  })
  return `<${part}>${rows.join('')}</${part}>`
}

function entryHtml(tag: string, entry: Element, columns: Columns, context: MarkupContext): string {
  const span = columns.spans.get(attributeOf(entry, 'spanname') ?? '') ?? entry
  const number = (name: string) => columns.numbers.get(attributeOf(span, name) ?? '')
  const [start, end] = [number('namest'), number('nameend')]
  const covered = start !== undefined && end !== undefined ? end - start + 1 : 1
  const rows = Number(attributeOf(entry, 'morerows') ?? 0) + 1
  const attributes = [
    covered > 1 ? ` colspan="${covered}"` : '',
    rows > 1 ? ` rowspan="${rows}"` : '',
    ...['align', 'valign'].map((name) => {
      const value = attributeOf(entry, name)
      return value && /^[a-z]+$/.test(value) ? ` ${name}="${escapeAttribute(value)}"` : ''
    }),
  ]
  return `<${tag}${attributes.join('')}>${cellHtml(entry.children, context)}</${tag}>`
}

/** Words that stand in no cell get one of their own. */
function strayHtml(node: Node, { count }: Columns, context: MarkupContext): string {
  return `<td${count > 1 ? ` colspan="${count}"` : ''}>${cellHtml(isElement(node) ? node.children : [node], context)}</td>`
}

function named(element: Element, name: string): readonly Element[] {
  return childrenOf(element).filter((child) => localName(child) === name)
}
