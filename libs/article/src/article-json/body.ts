import { repeatsDoi } from '../jats/doi-paragraph.ts'
import { htmlOf, inlineHtml } from '../jats/markup.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  isElement,
  textOf,
  type Element,
  type Node,
} from '../jats/tree.ts'
import { withoutSections, type Block, type ListBlock, type Paragraph, type Section } from './blocks.ts'
import { markupContext, type FilePlaces } from './conversion.ts'
import { figureBlocks, figureElements } from './figures/figures.ts'
import { formulas } from './formulas/formula.ts'
import { labelOf, ownDoi, plainParagraphs } from './titled.ts'

/** How an element of a kind becomes blocks; every element that is not here is part of a line of text. */
const converters: Readonly<Record<string, (element: Element, places: FilePlaces) => readonly Block[]>> = {
  p: paragraphBlocks,
  sec: sectionBlocks,
  list: (element, places) => [listBlock(element, places)],
  'def-list': (element, places) => [definitionList(element, places)],
  'boxed-text': boxBlocks,
  'disp-formula': formulaBlocks,
  'disp-formula-group': (element, places) => blocksOf(element, places),
  'disp-quote': quoteBlocks,
  code: codeBlock,
  preformat: codeBlock,
  // Collected as files of the article or of a figure.
  'supplementary-material': () => [],
  ...Object.fromEntries(figureElements.map((name) => [name, figureBlocks])),
}

/** Furniture of a block that is converted with it. */
const furniture = new Set(['title', 'label', 'caption', 'object-id', 'attrib', 'permissions', 'sec-meta'])

/**
 * The body as sections, each with an id, as the schema wants it. What stands before the first section, or the whole of an
 * article without any, is "Main text".
 */
export function bodySections(body: Element | undefined, places: FilePlaces): readonly Section[] {
  const sections: Section[] = []
  let loose: Block[] = []
  const gather = () => {
    if (loose.length > 0)
      sections.push({ type: 'section', id: `s${sections.length}`, title: 'Main text', content: loose })
    loose = []
  }
  for (const block of blocksOf(body, places)) {
    if (block.type === 'section') {
      gather()
      sections.push({ ...block, id: block.id ?? `section-${sections.length + 1}` })
    } else loose.push(block)
  }
  gather()
  return sections
}

/** The blocks within an element: its title, label and caption left out. Text between blocks becomes paragraphs. */
export function blocksOf(element: Element | undefined, places: FilePlaces): readonly Block[] {
  return mixedBlocks(element?.children.filter((node) => !isElement(node) || !furniture.has(node.name)) ?? [], places)
}

function mixedBlocks(nodes: readonly Node[], places: FilePlaces): readonly Block[] {
  const blocks: Block[] = []
  let line: Node[] = []
  const endLine = () => {
    const text = inlineHtml(line, markupContext(places))
    if (text) blocks.push({ type: 'paragraph', text })
    line = []
  }
  for (const node of nodes) {
    const convert = isElement(node) ? converterOf(node) : undefined
    if (isElement(node) && convert) {
      endLine()
      blocks.push(...convert(node, places))
    } else line.push(node)
  }
  endLine()
  return blocks
}

function converterOf({ name }: Element) {
  return Object.hasOwn(converters, name) ? converters[name] : undefined
}

function paragraphBlocks(p: Element, places: FilePlaces): readonly Block[] {
  return repeatsDoi(p) ? [] : mixedBlocks(p.children, places)
}

/** A section without a title has nothing to stand under: its content moves up. */
function sectionBlocks(sec: Element, places: FilePlaces): readonly Block[] {
  const context = markupContext(places)
  const title = [htmlOf(childOf(sec, 'label'), context), htmlOf(childOf(sec, 'title'), context)]
    .filter(Boolean)
    .join(' ')
  const content = blocksOf(sec, places)
  if (content.length === 0) return []
  return title ? [{ type: 'section', id: attributeOf(sec, 'id'), title, content }] : content
}

/** A box without title and label is only a frame: its content moves up. */
function boxBlocks(box: Element, places: FilePlaces): readonly Block[] {
  const context = markupContext(places)
  const id = attributeOf(box, 'id')
  const label = labelOf(box, context)
  const heading = childOf(box, 'caption', 'title') ?? childOf(box, 'title')
  const caption = plainParagraphs(childrenOf(childOf(box, 'caption'), 'p'), context)
  const title = htmlOf(heading, context) || label
  const content = withoutSections([...caption, ...blocksOf(box, places)])
  if (!title || content.length === 0) return content
  return [{ type: 'box', id, doi: id && ownDoi(box), label, title, content }]
}

function formulaBlocks(element: Element, places: FilePlaces): readonly Block[] {
  const maths = formulas(element)
  if (maths.length > 0) return maths
  return [...descendantsOf(element, ['graphic'])].flatMap((graphic) => figureBlocks(graphic, places))
}

function quoteBlocks(quote: Element, places: FilePlaces): readonly Block[] {
  const context = markupContext(places)
  const text = plainParagraphs(childrenOf(quote, 'p'), context)
  const cite = htmlOf(childOf(quote, 'attrib'), context) || undefined
  return text.length > 0 ? [{ type: 'quote', text, cite }] : blocksOf(quote, places)
}

function codeBlock(element: Element): readonly Block[] {
  const code = element.children.map((node) => (isElement(node) ? textOf(node) : node)).join('')
  return code.trim() ? [{ type: 'code', language: attributeOf(element, 'language'), code }] : []
}

const prefixes: Readonly<Record<string, ListBlock['prefix']>> = {
  order: 'number',
  bullet: 'bullet',
  'alpha-lower': 'alpha-lower',
  'alpha-upper': 'alpha-upper',
  'roman-lower': 'roman-lower',
  'roman-upper': 'roman-upper',
}

function listBlock(list: Element, places: FilePlaces): ListBlock {
  const items = childrenOf(list, 'list-item').map((item) => itemOf(blocksOf(item, places)))
  return { type: 'list', prefix: prefixes[attributeOf(list, 'list-type') ?? ''] ?? 'none', items }
}

/** Terms in bold, each before its definition. */
function definitionList(list: Element, places: FilePlaces): ListBlock {
  const items = childrenOf(list, 'def-item').map((item) => {
    const term = htmlOf(childOf(item, 'term'), markupContext(places))
    const definition = childrenOf(item, 'def').flatMap((def) => blocksOf(def, places))
    const head: Paragraph[] = term ? [{ type: 'paragraph', text: `<b>${term}</b>` }] : []
    return itemOf([...head, ...definition])
  })
  return { type: 'list', prefix: 'none', items }
}

/** One paragraph is a text; anything more is a list of blocks. */
function itemOf(blocks: readonly Block[]): string | readonly Block[] {
  const [first, ...others] = withoutSections(blocks)
  return first?.type === 'paragraph' && others.length === 0 ? first.text : first ? [first, ...others] : ''
}
