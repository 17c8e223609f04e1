import { escapeAttribute, escapeText } from './escape.ts'
import { mathMl } from './formulas/math-ml.ts'
import { doiAddress, webAddress } from './web-address.ts'
import { attributeOf, childOf, isElement, type Element, type Node } from './tree.ts'

/** What inline markup needs from outside: where an image within a line is served. Absent: such images are left out. */
export interface MarkupContext {
  readonly imageUrl?: (href: string) => string | undefined
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

const spanClasses: Readonly<Record<string, string>> = { sc: 'small-caps', overline: 'overline', roman: 'roman' }

/** Parts that carry no words of the text: identifiers, labels that belong to a block, speech for machines. */
const silent = new Set([
  'object-id',
  'tex-math',
  'alt-text',
  'long-desc',
  'graphic',
  'media',
  'mml:annotation',
  'index-term',
])

/**
 * Inline content of JATS as the HTML that article JSON carries in its texts: `<i> <b> <sub> <sup> <u> <s> <code> <a>
 * <math>`. Text is escaped and only http, https, ftp and mailto addresses become links, so it can be shown as it is.
 */
export function inlineHtml(nodes: readonly Node[], context: MarkupContext = {}): string {
  return collapse(nodes.map((node) => toHtml(node, context)).join(''))
}

/** `inlineHtml` of an element's content; empty for an absent element. */
export function htmlOf(element: Element | undefined, context: MarkupContext = {}): string {
  return inlineHtml(element?.children ?? [], context)
}

/** Inline content with the tags of JATS itself, as the EIF carries titles: `the <italic>trans</italic> Golgi network`. */
export function jatsOf(element: Element | undefined): string {
  return collapse((element?.children ?? []).map(toJats).join(''))
}

function toHtml(node: Node, context: MarkupContext): string {
  if (!isElement(node)) return escapeText(node)
  const { name } = node
  if (silent.has(name)) return ''
  if (name === 'mml:math') return mathMl(node)
  if (name === 'inline-graphic') return image(node, context)
  if (name === 'break') return '<br>'
  const inner = node.children.map((child) => toHtml(child, context)).join('')
  const tag = plainTags[name]
  if (tag) return inner && `<${tag}>${inner}</${tag}>`
  const spanClass = spanClasses[name]
  if (spanClass) return inner && `<span class="${spanClass}">${inner}</span>`
  const address = addressOf(node)
  return address && inner ? `<a href="${escapeAttribute(address)}">${inner}</a>` : inner
}

/** Where an element leads: within the article, to the web, to a DOI or to a person. */
function addressOf(element: Element): string | undefined {
  const { name } = element
  if (name === 'xref') {
    const target = attributeOf(element, 'rid')?.split(/\s+/)[0]
    return target && `#${target}`
  }
  if (name === 'email') return webAddress(`mailto:${textIn(element)}`)
  if (!['ext-link', 'uri', 'related-article', 'related-object', 'inline-supplementary-material'].includes(name))
    return undefined
  const href = attributeOf(element, 'xlink:href') ?? (name === 'uri' ? textIn(element) : undefined)
  if (!href) return undefined
  const isDoi = attributeOf(element, 'ext-link-type') === 'doi' || /^(?:doi:)?10\.\d{4,}\//i.test(href)
  return isDoi && !/^https?:/i.test(href) ? doiAddress(href) : webAddress(href)
}

function image(element: Element, { imageUrl }: MarkupContext): string {
  const url = imageUrl?.(attributeOf(element, 'xlink:href') ?? '')
  const alt = textIn(childOf(element, 'alt-text'))
  return url ? `<img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt)}">` : ''
}

function toJats(node: Node): string {
  if (!isElement(node)) return escapeText(node)
  if (silent.has(node.name)) return ''
  const inner = node.children.map(toJats).join('')
  return node.name in plainTags && inner ? `<${node.name}>${inner}</${node.name}>` : inner
}

function textIn(element: Element | undefined): string {
  return (element?.children ?? [])
    .map((node) => (isElement(node) ? textIn(node) : node))
    .join('')
    .trim()
}

function collapse(markup: string): string {
  return markup.replaceAll(/[\t\n\r ]+/g, ' ').trim()
}
