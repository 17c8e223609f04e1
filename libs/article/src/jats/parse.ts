import {
  ParseOption,
  XmlCData,
  XmlDocument,
  XmlElement,
  XmlEntityReference,
  XmlError,
  XmlLibError,
  XmlText,
} from 'libxml2-wasm'
import { namedCharacter } from './character-entities.ts'
import { MalformedXml } from './errors.ts'
import { guardProlog } from './prolog.ts'
import type { Element, Node } from './tree.ts'

/** A JATS document that was read. */
export interface ArticleXml {
  readonly root: Element
  /** Named characters that no table knows: they stand in the text as they were written, `&name;`. */
  readonly unknownCharacters: readonly string[]
}

const usualPrefix: Readonly<Record<string, string>> = {
  'http://www.w3.org/1998/Math/MathML': 'mml:',
  'http://www.w3.org/1999/xlink': 'xlink:',
  'http://www.w3.org/XML/1998/namespace': 'xml:',
  'http://www.niso.org/schemas/ali/1.0/': 'ali:',
}

/**
 * Reads an article's XML. Neither the DTD that it names nor anything else is fetched, and a DTD of its own may not
 * declare entities. Named characters of the JATS DTD are known by table.
 *
 * @throws {MalformedXml} with line and column, also for more than 256 nested elements and for encodings other than
 *   UTF-8, US-ASCII and ISO-8859-1
 * @throws {ForbiddenEntity} when the DOCTYPE declares an entity
 * @throws {XmlTooLarge} above 32 MiB or a million tags
 */
export function parseArticleXml(xml: Uint8Array | string): ArticleXml {
  const bytes = typeof xml === 'string' ? Buffer.from(xml) : xml
  guardProlog(bytes)
  const document = read(bytes)
  try {
    const unknown = new Set<string>()
    const root = toElement(document.root, unknown)
    if (root.name !== 'article') throw new MalformedXml(`its root element is <${root.name}>, not <article>`, 1, 1)
    return { root, unknownCharacters: [...unknown] }
  } finally {
    document.dispose()
  }
}

function read(bytes: Uint8Array): XmlDocument {
  try {
    return XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NO_XXE })
  } catch (error) {
    const detail = error instanceof XmlLibError ? error.details.find(({ level }) => level > 1) : undefined
    if (detail) throw new MalformedXml(detail.message.trim(), detail.line, detail.col)
    if (error instanceof XmlError) throw new MalformedXml(error.message.trim())
    throw error
  }
}

function toElement(element: XmlElement, unknown: Set<string>): Element {
  const attributes: Record<string, string> = {}
  for (const attribute of element.attrs) {
    attributes[prefixOf(attribute.namespaceUri, attribute.prefix) + attribute.name] = attribute.value
  }
  const children: Node[] = []
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) children.push(toElement(node, unknown))
    else if (node instanceof XmlText || node instanceof XmlCData) children.push(node.content)
    else if (node instanceof XmlEntityReference) children.push(toCharacter(node.name, unknown))
  }
  return { name: prefixOf(element.namespaceUri, element.prefix) + element.name, attributes, children }
}

function prefixOf(namespace: string, prefix: string): string {
  return usualPrefix[namespace] ?? (prefix && `${prefix}:`)
}

function toCharacter(name: string, unknown: Set<string>): string {
  const character = namedCharacter(name)
  if (character === undefined) unknown.add(name)
  return character ?? `&${name};`
}
