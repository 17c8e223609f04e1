import { escapeAttribute } from '../../jats/escape.ts'
import type { MarkupContext } from '../../jats/markup.ts'
import { attributeOf, childrenOf, type Element } from '../../jats/tree.ts'
import { cellHtml } from './rows.ts'

/** `entry` of `oasis:entry`. */
export function localName({ name }: Element): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Columns of a table by their names, and named spans of them. */
interface Columns {
  readonly numbers: ReadonlyMap<string, number>
  readonly spans: ReadonlyMap<string, Element>
}

/**
 * A table of the OASIS exchange model (CALS) as HTML, one for each of its `tgroup`s: entries become cells, the columns and
 * rows that they cover become spans.
 */
export function oasisTableHtml(table: Element, context: MarkupContext): readonly string[] {
  const groups = localName(table) === 'tgroup' ? [table] : named(table, 'tgroup')
  return groups.map((group) => {
    const columns = columnsOf(group)
    const parts = ['thead', 'tbody', 'tfoot'].flatMap((part) =>
      named(group, part).map((element) => partHtml(part, element, columns, context)),
    )
    return `<table>${parts.join('')}</table>`
  })
}

function columnsOf(group: Element): Columns {
  const numbers = named(group, 'colspec').map((column, index): [string, number] => {
    const number = Number(attributeOf(column, 'colnum') ?? index + 1)
    return [attributeOf(column, 'colname') ?? String(number), number]
  })
  const spans = named(group, 'spanspec').map((span): [string, Element] => [attributeOf(span, 'spanname') ?? '', span])
  return { numbers: new Map(numbers), spans: new Map(spans) }
}

function partHtml(part: string, element: Element, columns: Columns, context: MarkupContext): string {
  const rows = named(element, 'row').map((row) => {
    const entries = named(row, 'entry').map((entry) =>
      entryHtml(part === 'thead' ? 'th' : 'td', entry, columns, context),
    )
    return `<tr>${entries.join('')}</tr>`
  })
  return `<${part}>${rows.join('')}</${part}>`
}

function entryHtml(tag: string, entry: Element, columns: Columns, context: MarkupContext): string {
  const named = columns.spans.get(attributeOf(entry, 'spanname') ?? '') ?? entry
  const number = (name: string) => columns.numbers.get(attributeOf(named, name) ?? '')
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

function named(element: Element, name: string): readonly Element[] {
  return childrenOf(element).filter((child) => localName(child) === name)
}
