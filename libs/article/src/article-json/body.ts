import { repeatsDoi } from '../jats/doi-paragraph.ts'
import { hasFormula } from '../jats/formulas/formula.ts'
import { htmlOf, inlineHtml } from '../jats/markup.ts'
import { ownHeading } from '../jats/own-heading.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstOf,
  isElement,
  textOf,
  type Element,
  type Node,
} from '../jats/tree.ts'
import { anchored, headingParagraph, type Block, type ImageBlock, type NoteGroup, type Section } from './blocks.ts'
import { markupContext, type Conversion, type FilePlaces } from './conversion.ts'
import { supplementBlocks } from './figures/files.ts'
import { figureBlocks, figureElements } from './figures/figures.ts'
import { bareTable } from './tables/tables.ts'
import { boxBlocks, linkedId, markedBlocks, sectionMetadata } from './text/boxes.ts'
import { codeBlocks, isInlineCode } from './text/code.ts'
import { equationBlocks, equationGroup } from './text/equations.ts'
import { definitionList, labelled, listBlocks } from './text/lists.ts'
import { quoteBlocks, speechBlocks, verseBlocks } from './text/quotes.ts'

type Convert = (element: Element, conversion: Conversion) => readonly Block[]

/** Converters of elements into blocks; every element that is not here is part of a line of text, or a container. */
const converters: Readonly<Record<string, Convert>> = {
  p: (p, { blocks }) => (repeatsDoi(p) ? [] : blocks(p.children)),
  sec: sectionBlocks,
  list: listBlocks,
  'def-list': definitionList,
  'boxed-text': boxBlocks,
  statement: boxBlocks,
  'disp-formula': (element, conversion) => equationBlocks(element, conversion, imagesIn(conversion)),
  'disp-formula-group': equationGroup,
  'disp-quote': quoteBlocks,
  'verse-group': verseBlocks,
  speech: speechBlocks,
  code: codeBlocks,
  preformat: codeBlocks,
  table: bareTable,
  array: bareTable,
  'oasis:table': bareTable,
  tgroup: bareTable,
  'supplementary-material': supplementBlocks,
  'block-alternatives': (element, { blocks }) =>
    firstNotEmpty(childrenOf(element).map((child) => () => blocks([child]))),
  'fn-group': noteList,
  ...Object.fromEntries(
    ['question-wrap-group', 'question-wrap', 'question', 'option', 'answer-set', 'answer', 'explanation'].map(
      (name) => [name, markedBlocks],
    ),
  ),
  ...Object.fromEntries(figureElements.map((name) => [name, figureBlocks])),
}

/** Furniture of a block that is converted with it. */
const furniture = new Set(['title', 'label', 'caption', 'object-id', 'attrib', 'permissions', 'sec-meta'])

/** Parts of a line, although there may be paragraphs or images in them. */
const inLine = [
  'fn',
  'abbrev',
  'inline-formula',
  'private-char',
  'chem-struct',
  'index-term',
  'inline-supplementary-material',
]

/**
 * The body as sections, each with an id, as the schema wants it. What stands before the first section, or the whole of an
 * article without any, is "Main text". Nothing when there is no text but titles.
 */
export function bodySections(body: Element | undefined, places: FilePlaces): readonly Section[] {
  if (!body) return []
  const blocks = containedBlocks(body, places)
  if (blocks.every((block) => block.type === 'paragraph' && block.isHeading)) return []
  const sections: Section[] = []
  let loose: Block[] = []
  const gather = () => {
    const id = blocks.some((block) => block.type === 'section' && block.id === `s${sections.length}`)
      ? `main-text-${sections.length}`
      : `s${sections.length}`
    if (loose.length > 0) sections.push({ type: 'section', id, title: 'Main text', content: loose })
    loose = []
  }
  for (const block of blocks) {
    if (block.type === 'section') {
      gather()
      sections.push({ ...block, id: block.id ?? `section-${sections.length + 1}` })
    } else loose.push(block)
  }
  gather()
  // Figures that nothing refers to end the text.
  const last = sections.at(-1)
  return last ? [...sections.slice(0, -1), { ...last, content: [...last.content, ...floatsAfter(body, places)] }] : []
}

/** Notes that stand in the text, in its order; those of tables are with the tables. */
export function footnotes(places: FilePlaces): readonly NoteGroup[] {
  const { blocks, text } = conversionOf(places)
  const notes = (text?.footnotes ?? []).map((fn) => ({
    ...text?.notes.get(fn),
    text: blocks(fn.children.filter((node) => !isElement(node, 'label'))),
  }))
  return notes.length > 0 ? [{ kind: 'footnotes', notes }] : []
}

/** The blocks within an element: its title, label and caption left out. Text between blocks becomes paragraphs. */
export function blocksOf(element: Element | undefined, places: FilePlaces): readonly Block[] {
  return element ? [...containedBlocks(element, places), ...floatsAfter(element, places)] : []
}

function containedBlocks({ children }: Element, places: FilePlaces): readonly Block[] {
  return mixedBlocks(
    children.filter((node) => !isElement(node) || !furniture.has(node.name)),
    places,
  )
}

/** The tools of converters of blocks. */
export function conversionOf(places: FilePlaces): Conversion {
  return { ...places, blocks: (nodes) => mixedBlocks(nodes, places) }
}

function mixedBlocks(nodes: readonly Node[], places: FilePlaces): readonly Block[] {
  const conversion = conversionOf(places)
  const blocks: Block[] = []
  let line: Node[] = []
  const endLine = () => {
    const text = inlineHtml(line, markupContext(places))
    if (text) blocks.push({ type: 'paragraph', text })
    line = []
  }
  for (const node of nodes) {
    const convert = isElement(node) && !isInlineCode(node, nodes) ? converterOf(node) : undefined
    if (isElement(node) && convert) {
      endLine()
      blocks.push(...anchored(convert(node, conversion), linkedId(node, conversion)))
      blocks.push(...floatsAfter(node, places))
    } else line.push(node)
  }
  endLine()
  return blocks
}

/** Elements of the XML that stand apart and are shown here. */
function floatsAfter(element: Element, places: FilePlaces): readonly Block[] {
  const floats = places.text?.floats.get(element) ?? []
  return floats.length > 0 ? mixedBlocks(floats, places) : []
}

function converterOf(element: Element): Convert | undefined {
  const { name } = element
  // Forms that stand in a line, as a formula's or a small image's own element would.
  if (name === 'alternatives' && (hasFormula(element) || childOf(element, 'inline-graphic'))) return undefined
  if (Object.hasOwn(converters, name)) return converters[name]
  if (inLine.includes(name) || firstOf(element, blockNames, inLine) === undefined) return undefined
  return container
}

const blockNames = Object.keys(converters).filter((name) => name !== 'alternatives')

/** An element that has no meaning here, around blocks that have. */
function container(element: Element, { blocks }: Conversion): readonly Block[] {
  return blocks(element.children)
}

/** A section without a title has nothing to stand under: its content moves up. */
function sectionBlocks(sec: Element, conversion: Conversion): readonly Block[] {
  const context = markupContext(conversion)
  const title = childrenOf(sec, 'label', 'title', 'subtitle')
    .map((part) => htmlOf(part, context))
    .filter(Boolean)
    .join(' ')
  const metadata = sectionMetadata(sec, conversion)
  const content = [
    ...metadata,
    ...blocksOf({ ...sec, children: sec.children.filter((n) => !isElement(n, 'subtitle')) }, conversion),
  ]
  const id = attributeOf(sec, 'id')
  // Supplements are listed with the article's files: the heading of nothing else is said there.
  const isListed =
    childOf(sec, 'supplementary-material') !== undefined && ownHeading.test(textOf(childOf(sec, 'title')))
  if (content.length === 0 && isListed && linkedId(sec, conversion) === undefined) return []
  if (content.length === 0) return title ? [headingParagraph(title, id)] : []
  return title ? [{ type: 'section', id, title, content }] : content
}

/** Notes that the text itself lists. */
function noteList(group: Element, conversion: Conversion): readonly Block[] {
  const context = markupContext(conversion)
  const title = [htmlOf(childOf(group, 'label'), context), htmlOf(childOf(group, 'title'), context)]
    .filter(Boolean)
    .join(' ')
  const notes = group.children
    .filter((node) => !isElement(node, 'title', 'label'))
    .flatMap((node) => {
      if (!isElement(node, 'fn')) return conversion.blocks([node])
      const label = htmlOf(childOf(node, 'label'), context)
      const text = conversion.blocks(node.children.filter((child) => !isElement(child, 'label')))
      return anchored(labelled(label, text), linkedId(node, conversion))
    })
  return title ? [headingParagraph(title), ...notes] : notes
}

function imagesIn(conversion: Conversion) {
  return (formula: Element): readonly ImageBlock[] => {
    const images = [...descendantsOf(formula, ['graphic', 'inline-graphic', 'media', 'alternatives'], ['alternatives'])]
    const shown = images.flatMap((image) => figureBlocks(image, conversion))
    return shown.filter((block) => block.type === 'image')
  }
}

function firstNotEmpty(attempts: readonly (() => readonly Block[])[]): readonly Block[] {
  for (const attempt of attempts) {
    const blocks = attempt()
    if (blocks.length > 0) return blocks
  }
  return []
}
