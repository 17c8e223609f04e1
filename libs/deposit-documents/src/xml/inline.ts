import { bestForms, isElement, textOf, type Element, type Node } from '@continuum/article/jats'
import type { XmlElement } from './element.ts'

/** A way to write inline content of JATS: the tag for each of its elements; those without one are their content. */
export interface InlineTags {
  readonly tags: Readonly<Record<string, string>>
  /** MathML as it is, or words in the place of a formula. */
  readonly formula: 'mathml' | { readonly words: string }
}

/** Elements that are no part of what is read: marks of notes, identifiers, descriptions. */
const silent = ['fn', 'object-id', 'alt-text', 'long-desc', 'index-term', 'index-term-range-end', 'rp', 'x-ref']
const formulas = ['mml:math', 'tex-math', 'inline-formula', 'disp-formula']

/**
 * Inline content in another vocabulary, with runs of white space as one blank and none around, as titles and paragraphs have it.
 */
export function inlineOf(nodes: readonly Node[], way: InlineTags): readonly (XmlElement | string)[] {
  return collapse(convert(nodes, way))
}

/** `inlineOf` an element's content; a title that is all in one face loses it. */
export function inlineIn(element: Element | undefined, way: InlineTags): readonly (XmlElement | string)[] {
  const nodes = element?.children ?? []
  const told = nodes.filter((node) => textOf(node) !== '')
  const [only] = told
  const inner = told.length === 1 && only !== undefined && isElement(only, 'bold', 'italic') ? only.children : nodes
  return inlineOf(inner, way)
}

function convert(nodes: readonly Node[], way: InlineTags): readonly (XmlElement | string)[] {
  return nodes.flatMap((node): readonly (XmlElement | string)[] => {
    if (!isElement(node)) return [node]
    const { name, children, attributes } = node
    if (silent.includes(name) || (name === 'xref' && attributes['ref-type'] === 'fn')) return []
    if (name === 'break') return [' ']
    if (formulas.includes(name)) return formulaOf(node, way)
    const tag = way.tags[name]
    const content = convert(children, way)
    if (tag === undefined) return isBlock(name) ? [' ', ...content, ' '] : content
    return content.length === 0 ? [] : [{ name: tag, attributes: {}, children: content }]
  })
}

function isBlock(name: string): boolean {
  return /^(p|list|list-item|title|sec|disp-quote|def|term|label|td|th|tr)$/.test(name)
}

function formulaOf(node: Element, way: InlineTags): readonly (XmlElement | string)[] {
  if (way.formula !== 'mathml') return [way.formula.words]
  if (node.name === 'mml:math') return [mathOf(node)]
  if (node.name === 'tex-math') return [textOf(node)]
  return convert(alternativesIn(node), way)
}

/** The best of several forms of a formula. */
function alternativesIn(node: Element): readonly Node[] {
  const inner = node.children.flatMap((child) => (isElement(child, 'alternatives') ? child.children : [child]))
  return bestForms(inner).filter((child) => !isElement(child, 'graphic', 'inline-graphic', 'label'))
}

/** MathML without ids, which are for links, and without attributes of other vocabularies. */
function mathOf(element: Element): XmlElement {
  const attributes = Object.entries(element.attributes).filter(
    ([key]) => !key.includes(':') && key !== 'id' && key !== 'xref',
  )
  const children = element.children
    .filter((child) => isElement(child) || child.trim() !== '')
    .map((child) => (isElement(child) ? mathOf(child) : child))
  return { name: element.name, attributes: Object.fromEntries(attributes), children }
}

/** White space as a reader sees it: one blank for each run, over the borders of elements too, and none at either end. */
function collapse(nodes: readonly (XmlElement | string)[]): readonly (XmlElement | string)[] {
  let isAfterBlank = true
  const visit = (node: XmlElement | string): XmlElement | string => {
    if (typeof node !== 'string') {
      if (!node.name.startsWith('mml:'))
        return { ...node, children: node.children.map(visit).filter((child) => child !== '') }
      isAfterBlank = false
      return node
    }
    const text = node.replaceAll(/[\t\n\r ]+/g, ' ')
    const shown = isAfterBlank ? text.replace(/^ /, '') : text
    if (shown !== '') isAfterBlank = shown.endsWith(' ')
    return shown
  }
  return trimEnd(nodes.map(visit).filter((node) => node !== ''))
}

function trimEnd(nodes: readonly (XmlElement | string)[]): readonly (XmlElement | string)[] {
  const last = nodes.at(-1)
  if (typeof last !== 'string') return nodes
  const text = last.trimEnd()
  return text === '' ? trimEnd(nodes.slice(0, -1)) : [...nodes.slice(0, -1), text]
}

/** The text of nodes that were made. */
export function textOfMade(nodes: readonly (XmlElement | string)[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOfMade(node.children))).join('')
}
