import { escapeAttribute, escapeText } from './escape.ts'
import { bestForms, formulaOf, type Formula } from './formulas/formula.ts'
import { texIn } from './formulas/tex.ts'
import { addressOf, textIn } from './links.ts'
import { attributeOf, childOf, childrenOf, isElement, oneBlank, type Element, type Node } from './tree.ts'

/** Answers that inline markup needs from outside. An absent one is left out of the text. */
export interface MarkupContext {
  /** The address of an image within a line. */
  readonly imageUrl?: (href: string) => string | undefined
  /** The address of a file that the text links. */
  readonly fileUrl?: (href: string) => string | undefined
  /** Id and mark of a note that stands within the text; the note itself is shown elsewhere. */
  readonly noteMark?: (fn: Element) => NoteMark | undefined
  /** Ids that links of the article lead to: only those are kept. */
  readonly linked?: ReadonlySet<string> | undefined
  /** All ids of the article: of several that a link means, the first that is there is taken. */
  readonly ids?: ReadonlySet<string> | undefined
  /** Texts of links without words, by the id that they lead to. */
  readonly marks?: ReadonlyMap<string, string> | undefined
  /** True within a link: HTML knows no links in links. */
  readonly isLink?: boolean
}

/** The mark by which the text refers to a note. */
export interface NoteMark {
  readonly id: string
  /** With inline HTML. */
  readonly label: string
}

const plainTags: Readonly<Record<string, string>> = {
  italic: 'i',
  bold: 'b',
  sub: 'sub',
  sup: 'sup',
  underline: 'u',
  strike: 's',
  monospace: 'code',
}

/** Elements with a tag in HTML, of which titles in JATS keep none. */
const furtherTags: Readonly<Record<string, string>> = { code: 'code', ruby: 'ruby' }

const spanClasses: Readonly<Record<string, string>> = {
  sc: 'small-caps',
  overline: 'overline',
  roman: 'roman',
  'sans-serif': 'sans-serif',
}

/** Parts that carry no words of the text: identifiers, descriptions of what is shown, entries of an index. */
const silent = new Set(['object-id', 'alt-text', 'long-desc', 'index-term', 'index-term-range-end', 'glyph-data', 'rp'])

/** Pieces that stand apart from what is beside them, should they ever be within a line. */
const apart = new Set(
  `address answer attrib caption contrib def def-item disp-formula disp-quote fig kwd label license-p list list-item
  p sec speaker speech statement subtitle table-wrap td term th title tr verse-group verse-line`.split(/\s+/),
)

/** Parts of names, places, dates and entries, which are often written without a blank between them. */
const parts = new Set(
  `addr-line city contrib-group country day era fax given-names index-entry institution month name phone postal-code prefix
  price season see see-also see-also-entry see-entry size source state string-name suffix surname year`.split(/\s+/),
)

/**
 * Inline content of JATS as the HTML that article JSON carries in its texts: `<i> <b> <sub> <sup> <u> <s> <code> <ruby> <a>
 * <span> <math>`. Text is escaped and only http, https, ftp and mailto addresses become links, so it can be shown as it is.
 * An element without a meaning here is its content.
 */
export function inlineHtml(nodes: readonly Node[], context: MarkupContext = {}): string {
  return collapse(within(nodes, context))
}

/** `inlineHtml` of an element's content; empty for an absent element. */
export function htmlOf(element: Element | undefined, context: MarkupContext = {}): string {
  return inlineHtml(element?.children ?? [], context)
}

/** Inline content with the tags of JATS itself, as the EIF carries titles: `the <italic>trans</italic> Golgi network`. */
export function jatsOf(element: Element | undefined): string {
  return collapse((element?.children ?? []).map(toJats).join(''))
}

/** The place that an id names, for links that lead to it. */
export function anchor(id: string, content = ''): string {
  return `<span id="${escapeAttribute(id)}">${content}</span>`
}

function isPart(node: Node | undefined): boolean {
  return node !== undefined && isElement(node) && parts.has(node.name)
}

function within(nodes: readonly Node[], context: MarkupContext): string {
  return nodes
    .map((node, index) => {
      const before = nodes[index - 1]
      const isParted = isPart(before) && isPart(node)
      return (isParted ? ' ' : '') + toHtml(node, context)
    })
    .join('')
}

function toHtml(node: Node, context: MarkupContext): string {
  if (!isElement(node)) return escapeText(node)
  const { name } = node
  if (silent.has(name)) return ''
  if (name === 'fn') return noteReference(node, context)
  const content = inLanguage(attributeOf(node, 'xml:lang'), elementHtml(node, context))
  const id = attributeOf(node, 'id')
  const isTarget = id !== undefined && context.linked?.has(id) === true
  const placed = isTarget ? anchor(id, content) : content
  return apart.has(name) && placed ? ` ${placed} ` : placed
}

/** Words of another language say so, for those who hear the page. */
function inLanguage(tag: string | undefined, content: string): string {
  return tag && content ? `<span lang="${escapeAttribute(tag)}">${content}</span>` : content
}

function elementHtml(node: Element, context: MarkupContext): string {
  const { name, children } = node
  switch (name) {
    case 'mml:math':
      return inlineFormula(node)
    case 'tex-math':
      return inlineFormula(node)
    case 'inline-formula':
    case 'disp-formula':
      return within(bestForms(children), context)
    case 'alternatives':
    case 'block-alternatives':
      return alternativeHtml(children, context)
    case 'inline-graphic':
    case 'graphic':
      return image(node, context)
    case 'media':
    case 'supplementary-material':
      return file(node, context)
    case 'break':
      return '<br>'
    case 'rb':
      return within(children, context)
    case 'rt':
      // Brackets are for readers and programs that do not set the one above the other.
      return `<rp>(</rp><rt>${within(children, context)}</rt><rp>)</rp>`
    case 'abbrev':
      return abbreviation(node, context)
    case 'private-char':
      return within(childrenOf(node, 'inline-graphic'), context) || bracketed(attributeOf(node, 'description'))
    default:
      return styledOrLinked(node, context)
  }
}

function styledOrLinked(node: Element, context: MarkupContext): string {
  const { name, children } = node
  const tag = plainTags[name] ?? furtherTags[name]
  const spanClass = spanClasses[name]
  const address =
    tag || spanClass || context.isLink ? undefined : (addressOf(node, context.ids) ?? fileAddress(node, context))
  const inner = within(children, address ? { ...context, isLink: true } : context) || markOf(node, context)
  if (tag) return inner && `<${tag}>${inner}</${tag}>`
  if (spanClass) return inner && `<span class="${spanClass}">${inner}</span>`
  return address && inner ? `<a href="${escapeAttribute(address)}">${inner}</a>` : inner
}

/** The marks of what a link without words leads to. */
function markOf(node: Element, { marks }: MarkupContext): string {
  if (node.name !== 'xref' || !marks) return ''
  const found = (attributeOf(node, 'rid') ?? '').split(/\s+/).flatMap((id) => marks.get(id) ?? [])
  const isRaised = /fn|note/.test(attributeOf(node, 'ref-type') ?? '')
  return found.length === 0 ? '' : isRaised ? `<sup>${found.join(', ')}</sup>` : found.join(', ')
}

/** A formula within a line keeps its TeX as the text that MathML has for those who do not see it. */
function inlineFormula(element: Element, { mathml, tex }: Formula = formulaOf(element, false)): string {
  return tex ? mathml.replace(/^<math(?![^>]* alttext=)/, () => `<math alttext="${escapeAttribute(tex)}"`) : mathml
}

/** Of several forms of the same the first that can be shown; formulas before images. */
function alternativeHtml(children: readonly Node[], context: MarkupContext): string {
  const elements = bestForms(children).filter((node) => isElement(node))
  const [math, tex] = ['mml:math', 'tex-math'].map((form) => children.find((node) => isElement(node, form)))
  if (math && isElement(math)) {
    return inlineFormula(math, formulaOf(math, false, tex && isElement(tex) ? tex : undefined))
  }
  const shown = elements.map((element) => [element, toHtml(element, context)] as const)
  const [first, html = ''] = shown.find(([, found]) => found.trim() !== '') ?? []
  const words = textIn(elements.find(({ name }) => name === 'textual-form'))
  // Words that stand for an image are the ones for those who do not see it.
  return first?.name.endsWith('graphic') && words ? html.replace(' alt=""', ` alt="${escapeAttribute(words)}"`) : html
}

/** A mark that leads to a note. */
function noteReference(fn: Element, { noteMark, isLink }: MarkupContext): string {
  const mark = noteMark?.(fn)
  if (!mark) return ''
  return `<sup>${isLink ? mark.label : `<a href="#${escapeAttribute(mark.id)}">${mark.label}</a>`}</sup>`
}

/** `ABC (what it stands for)` */
function abbreviation(abbrev: Element, context: MarkupContext): string {
  const meaning = collapse(within(childrenOf(abbrev, 'def'), context))
  const words = within(
    abbrev.children.filter((node) => !isElement(node, 'def')),
    context,
  )
  return words + (meaning && ` (${meaning})`)
}

function bracketed(text: string | undefined): string {
  return text ? `[${escapeText(text)}]` : ''
}

function image(element: Element, { imageUrl }: MarkupContext): string {
  const url = imageUrl?.(attributeOf(element, 'xlink:href') ?? '')
  const alt = textIn(childOf(element, 'alt-text')) || attributeOf(element, 'alt') || ''
  return url ? `<img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt)}">` : ''
}

function fileAddress(element: Element, { fileUrl }: MarkupContext): string | undefined {
  const href = element.name === 'inline-supplementary-material' ? attributeOf(element, 'xlink:href') : undefined
  return href === undefined ? undefined : fileUrl?.(href)
}

/** A file within a line: its words, or its name, lead to it. */
function file(element: Element, context: MarkupContext): string {
  const href = attributeOf(element, 'xlink:href')
  const url = href === undefined || context.isLink ? undefined : context.fileUrl?.(href)
  const words = collapse(within(element.children, url ? { ...context, isLink: true } : context))
  return url && href ? ` <a href="${escapeAttribute(url)}">${words || escapeText(href)}</a> ` : ` ${words} `
}

function toJats(node: Node): string {
  if (!isElement(node)) return escapeText(node)
  if (silent.has(node.name) || node.name === 'fn') return ''
  if (node.name === 'tex-math') return escapeText(texIn(node))
  if (node.name === 'inline-formula' || node.name === 'alternatives')
    return bestForms(node.children).map(toJats).join('')
  const inner = node.children.map(toJats).join('')
  return node.name in plainTags && inner ? `<${node.name}>${inner}</${node.name}>` : inner
}

function collapse(markup: string): string {
  return oneBlank(markup).trim()
}
