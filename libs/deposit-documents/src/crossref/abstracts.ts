import {
  attributeOf,
  childrenOf,
  isElement,
  repeatsDoi,
  textOf,
  type Element,
  type Node,
} from '@continuum/article/jats'
import type { Abstract } from '../record/record.ts'
import { el, elWith, type XmlElement } from '../xml/element.ts'
import { inlineOf, type InlineTags } from '../xml/inline.ts'

const jats: InlineTags = {
  tags: Object.fromEntries(
    ['italic', 'bold', 'underline', 'overline', 'sup', 'sub', 'sc', 'monospace'].map((name) => [name, `jats:${name}`]),
  ),
  formula: 'mathml',
}

/** An abstract in JATS, which Crossref takes as element content only: every text stands in a paragraph or a title. */
export function jatsAbstract({ kind, element }: Abstract): XmlElement | undefined {
  const content = inOrder(blocksOf(element.children, kind === 'digest'))
  if (content.length === 0) return undefined
  return elWith('jats:abstract', { 'abstract-type': kind === 'digest' ? 'executive-summary' : undefined }, content)
}

/** @param isTitled whether a title right within is kept: that of an abstract says "Abstract" only */
function blocksOf(nodes: readonly Node[], isTitled: boolean): readonly XmlElement[] {
  return nodes.flatMap((node): readonly XmlElement[] => {
    if (!isElement(node)) return node.trim() === '' ? [] : paragraph([node])
    if (/^(object-id|label)$/.test(node.name) || repeatsDoi(node)) return []
    if (node.name === 'title') return isTitled ? titleOf(node) : []
    if (node.name === 'sec') return sectionOf(node)
    if (node.name === 'list') return listOf(node)
    if (node.name === 'p') return paragraphsOf(node)
    return paragraph([node])
  })
}

/** A section must have a title: one without is its paragraphs. */
function sectionOf(section: Element): readonly XmlElement[] {
  const content = inOrder(blocksOf(section.children, true))
  if (content.every(({ name }) => name === 'jats:title')) return []
  return content[0]?.name === 'jats:title' ? [el('jats:sec', content)] : content
}

/** Nothing may stand behind a section but another: paragraphs there become the end of it. */
function inOrder(blocks: readonly XmlElement[]): readonly XmlElement[] {
  return blocks.reduce<readonly XmlElement[]>((ordered, block) => {
    const last = ordered.at(-1)
    if (last?.name !== 'jats:sec' || block.name === 'jats:sec') return [...ordered, block]
    return ordered.with(ordered.length - 1, {
      ...last,
      children: inOrder([...last.children.filter((child) => typeof child !== 'string'), block]),
    })
  }, [])
}

function titleOf(title: Element): readonly XmlElement[] {
  return textOf(title) === '' ? [] : [el('jats:title', inlineOf(title.children, jats))]
}

/** A paragraph; a list within it stands behind it. */
function paragraphsOf(element: Element): readonly XmlElement[] {
  const lists = childrenOf(element, 'list')
  if (lists.length === 0) return paragraph(element.children)
  return [...paragraph(element.children.filter((node) => !isElement(node, 'list'))), ...lists.flatMap(listOf)]
}

/** An abstract has lists only within paragraphs. */
function listOf(list: Element): readonly XmlElement[] {
  const items = childrenOf(list, 'list-item').flatMap((item) => {
    const content = blocksOf(item.children, false)
    return content.length === 0 ? [] : [el('jats:list-item', content)]
  })
  return items.length === 0
    ? []
    : [el('jats:p', elWith('jats:list', { 'list-type': attributeOf(list, 'list-type') }, items))]
}

function paragraph(nodes: readonly Node[]): readonly XmlElement[] {
  const content = inlineOf(nodes, jats)
  return content.length === 0 ? [] : [el('jats:p', content.map(inFormula))]
}

/** MathML may not stand in a paragraph by itself. */
function inFormula(node: XmlElement | string): XmlElement | string {
  if (typeof node === 'string') return node
  if (node.name === 'mml:math') return el('jats:inline-formula', node)
  return { ...node, children: node.children.map(inFormula) }
}
