/** An element of a document that is made. */
export interface XmlElement {
  /** With its prefix: `jats:p`. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlElement | string)[]
}

/** Content of an element: elements, text, nothing, or lists of them. */
export type Content = XmlElement | string | undefined | false | readonly Content[]

/** An element without attributes. */
export function el(name: string, ...content: readonly Content[]): XmlElement {
  return elWith(name, {}, ...content)
}

/** An element with attributes; those that are undefined are left out. */
export function elWith(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  ...content: readonly Content[]
): XmlElement {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  )
  return { name, attributes: Object.fromEntries(given), children: flat(content) }
}

/** An element, or undefined where it would be empty. */
export function elUnlessEmpty(name: string, ...content: readonly Content[]): XmlElement | undefined {
  const element = el(name, ...content)
  return element.children.length === 0 ? undefined : element
}

function flat(content: readonly Content[]): readonly (XmlElement | string)[] {
  return content.flatMap((part): readonly (XmlElement | string)[] => {
    if (part === undefined || part === false || part === '') return []
    return isList(part) ? flat(part) : [part]
  })
}

function isList(part: XmlElement | string | readonly Content[]): part is readonly Content[] {
  return Array.isArray(part)
}

/**
 * Writes a document. Elements that hold only elements are indented; where there is text, nothing is added to it, for white space
 * in a title or an abstract is part of it.
 *
 * @param doctype without brackets: `DOCTYPE ArticleSet PUBLIC ...`
 */
export function writeXml(root: XmlElement, doctype?: string): string {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
  return `${declaration}${doctype === undefined ? '' : `<!${doctype}>\n`}${write(root, '')}\n`
}

function write(element: XmlElement, indent: string): string {
  const { name, attributes, children } = element
  const start = `${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join('')}`
  if (children.length === 0) return `<${start}/>`
  if (children.some((child) => typeof child === 'string'))
    return `<${start}>${children.map(writeInline).join('')}</${name}>`
  const inner = `${indent}  `
  const lines = children.map((child) => (typeof child === 'string' ? child : `${inner}${write(child, inner)}`))
  return `<${start}>\n${lines.join('\n')}\n${indent}</${name}>`
}

function writeInline(node: XmlElement | string): string {
  if (typeof node === 'string') return escapeText(node)
  const attributes = Object.entries(node.attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
  const start = `${node.name}${attributes.join('')}`
  return node.children.length === 0
    ? `<${start}/>`
    : `<${start}>${node.children.map(writeInline).join('')}</${node.name}>`
}

/** Text as it stands in XML. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n\r]/g, ' ')
}
