import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, isElement, type Element, type Node } from '../../jats/tree.ts'
import { anchored, paragraph, type Block, type Note, type TableBlock } from '../blocks.ts'
import { markupContext, type Conversion } from '../conversion.ts'
import { sourceDataOf } from '../figures/files.ts'
import { attributionOf } from '../attribution.ts'
import { ownParts, titled } from '../titled.ts'
import { isOasis, oasisTableHtml } from './oasis.ts'
import { tableHtml } from './rows.ts'

/** Elements that hold a table as text. */
const textual = ['table', 'oasis:table', 'tgroup', 'array']

/**
 * A `table-wrap` with its notes: its tables as text, or an image of it. Undefined when it holds neither, but something else
 * that stands under the table's number.
 */
export function tableBlocks(wrap: Element, conversion: Conversion): readonly Block[] | undefined {
  const tables = tablesIn(wrap)
  const feet = childrenOf(wrap, 'table-wrap-foot')
  if (tables.length === 0) return feet.length > 0 ? imageWithNotes(wrap, feet, conversion) : undefined
  const about = titled(wrap, conversion)
  const notes = [...feet.flatMap((foot) => notesOf(foot, conversion)), ...notesWithin(tables, conversion)]
  const credits = feet.flatMap((foot) => attributionOf(foot, markupContext(conversion)))
  const beside = conversion.blocks(besideTables(ownParts(wrap, 'table-wrap-foot'), tables))
  const isShown = (block: Block) => block.type === 'image' || block.type === 'figure' || block.type === 'video'
  const table: TableBlock = {
    type: 'table',
    ...about,
    caption: [...(about.caption ?? []), ...beside.filter((block) => !isShown(block))],
    attribution: [...(about.attribution ?? []), ...credits],
    tables: tables.flatMap((found) => markupOf(found, conversion)),
    footnotes: notes,
    sourceData: sourceDataOf(wrap, conversion),
  }
  return [table, ...beside.filter(isShown)]
}

/** A table, or an array of a formula, without number or caption. */
export function bareTable(element: Element, conversion: Conversion): readonly Block[] {
  const tables = tablesIn({ ...element, name: 'table-wrap', children: [element] })
  const images = childrenOf(element, 'graphic', 'media', 'alternatives')
  if (element.name === 'array' && childrenOf(element, 'tbody').length === 0) return conversion.blocks(images)
  // In HTML's model the caption is a part of the table, in the others it stands beside the rows.
  const about = tables.some(isOasis) ? titled(element, conversion) : {}
  const label = htmlOf(childOf(element, 'label'), markupContext(conversion)) || undefined
  const markup = tables.flatMap((found) => markupOf(found, conversion))
  const footnotes = notesWithin(tables, conversion)
  return [{ type: 'table', ...about, id: attributeOf(element, 'id'), label, tables: markup, footnotes }]
}

/** Tables as text; of the same table as text and as an image only the text. */
function tablesIn(element: Element): readonly Element[] {
  return [
    ...descendantsOf(element, textual, [...textual, 'table-wrap', 'table-wrap-foot', 'fig', 'supplementary-material']),
  ]
}

function markupOf(table: Element, conversion: Conversion): readonly string[] {
  const context = markupContext(conversion)
  return isOasis(table) ? oasisTableHtml(table, context) : [tableHtml(table, context)]
}

/** The parts of a table's element beside its tables, which may be given as an image too. */
function besideTables(nodes: readonly Node[], tables: readonly Element[]): readonly Node[] {
  return nodes.filter((node) => {
    if (!isElement(node)) return true
    return !tables.includes(node) && ![...descendantsOf(node, textual)].some((table) => tables.includes(table))
  })
}

function imageWithNotes(wrap: Element, feet: readonly Element[], conversion: Conversion): readonly Block[] | undefined {
  const children = wrap.children.filter((node) => !isElement(node, 'table-wrap-foot'))
  const [shown, ...others] = conversion.blocks([{ ...wrap, children }])
  const [image, ...further]: readonly Block[] = shown?.type === 'figure' ? shown.assets : shown ? [shown] : []
  const notes = feet.flatMap((foot) => notesOf(foot, conversion))
  const credits = feet.flatMap((foot) => attributionOf(foot, markupContext(conversion)))
  if (image?.type === 'image') {
    const attribution = [...(image.image.attribution ?? []), ...credits]
    return [{ ...image, image: { ...image.image, attribution }, footnotes: notes }, ...further, ...others]
  }
  const texts = notes.flatMap(({ id, label, text }) => anchored([...paragraph(label ?? ''), ...text], id))
  const rest = [...texts, ...credits.flatMap(paragraph)]
  if (shown?.type === 'box') return [{ ...shown, content: [...shown.content, ...rest] }, ...others]
  return [...(shown ? [shown] : []), ...others, ...rest]
}

/** The notes below a table, in their order; what is no note there is one without a mark. */
function notesOf(foot: Element, conversion: Conversion): readonly Note[] {
  return foot.children.flatMap((node): readonly Note[] => {
    if (isElement(node, 'attrib', 'permissions')) return []
    if (isElement(node, 'fn-group')) return notesOf(node, conversion)
    if (isElement(node, 'fn')) return noteOf(node, conversion)
    if (isElement(node, 'title', 'label')) return asNotes(paragraph(htmlOf(node, markupContext(conversion))))
    return asNotes(conversion.blocks([node]))
  })
}

/** Notes that stand in the cells. */
function notesWithin(tables: readonly Element[], conversion: Conversion): readonly Note[] {
  return tables.flatMap((table) => [...descendantsOf(table, ['fn'])]).flatMap((fn) => noteOf(fn, conversion))
}

function noteOf(fn: Element, conversion: Conversion): readonly Note[] {
  const context = markupContext(conversion)
  const mark = context.noteMark?.(fn)
  const id = attributeOf(fn, 'id') ?? mark?.id
  const label = htmlOf(childOf(fn, 'label'), context) || attributeOf(fn, 'symbol') || mark?.label
  const text = conversion.blocks(fn.children.filter((node) => !isElement(node, 'label')))
  if (text.length === 0) return label ? asNotes(anchored(paragraph(label), id)) : []
  return id && label
    ? [{ id, label, text }]
    : asNotes(label ? [...paragraph(label), ...text] : anchoredIf(text, id, context.linked))
}

/** The schema knows an id only with a mark. */
function anchoredIf(text: readonly Block[], id: string | undefined, linked: ReadonlySet<string> | undefined) {
  return id !== undefined && linked?.has(id) === true ? anchored(text, id) : text
}

function asNotes(blocks: readonly Block[]): readonly Note[] {
  return blocks.length > 0 ? [{ text: blocks }] : []
}
