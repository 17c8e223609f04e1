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
import { inUtf8 } from './decode.ts'
import { EmptyXml, MalformedXml } from '../errors.ts'
import { guardProlog, guardSize } from './prolog.ts'
import { startTags } from './start-tags.ts'
import type { Element, Node } from '../tree.ts'

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
 * declare entities. Named characters of the JATS DTD are known by table. Bytes may be in UTF-8, UTF-16, ISO-8859,
 * Windows and other common encodings; a string is read as it is, whatever its XML declaration says.
 *
 * @throws {EmptyXml} when it has no bytes
 * @throws {MalformedXml} with line and column, also for more than 256 nested elements and for unsupported encodings
 * @throws {ForbiddenEntity} when the DOCTYPE declares an entity
 * @throws {XmlTooLarge} above 32 MiB or a million tags
 */
export function parseArticleXml(xml: Uint8Array | string): ArticleXml {
  const document = parseXml(xml)
  const { name } = document.root
  if (name !== 'article') throw new MalformedXml(`its root element is <${name}>, not <article>`, 1, 1)
  return document
}

/** Reads any XML document, as `parseArticleXml` reads an article's. */
export function parseXml(xml: Uint8Array | string): ArticleXml {
  const given = typeof xml === 'string' ? Buffer.from(xml) : xml
  if (given.byteLength === 0) throw new EmptyXml()
  guardSize(given)
  const bytes = typeof xml === 'string' ? given : inUtf8(xml)
  guardSize(bytes)
  guardProlog(bytes)
  const unknown = new Set<string>()
  const document = read(withCharacters(bytes, unknown))
  try {
    // An instruction knows no next sibling: the walk below would end at it.
    for (const instruction of document.root.find('//processing-instruction()')) instruction.remove()
    return { root: toElement(document.root, unknown), unknownCharacters: [...unknown] }
  } finally {
    document.dispose()
  }
}

function read(bytes: Uint8Array): XmlDocument {
  try {
    return XmlDocument.fromBuffer(bytes, { encoding: 'UTF-8', option: ParseOption.XML_PARSE_NO_XXE })
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
  let text = ''
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlText || node instanceof XmlCData) text += node.content
    else if (node instanceof XmlEntityReference) text += toCharacter(node.name, unknown)
    else if (node instanceof XmlElement) {
      if (text) children.push(text)
      text = ''
      children.push(toElement(node, unknown))
    }
  }
  if (text) children.push(text)
  const name = prefixOf(element.namespaceUri, element.prefix) + element.name
  return { name, attributes, children, line: element.line }
}

function prefixOf(namespace: string, prefix: string): string {
  return usualPrefix[namespace] ?? (prefix && `${prefix}:`)
}

const namedReference = /&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][\w.-]*);/g

/** The document with named characters in attributes written as they are: there, libxml2 would leave them out. */
function withCharacters(bytes: Uint8Array, unknown: Set<string>): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (text.search(namedReference) < 0) return bytes
  const parts: string[] = []
  let done = 0
  for (const { start, end } of startTags(text)) {
    const tag = text.slice(start, end)
    if (!tag.includes('&')) continue
    const written = tag.replaceAll(namedReference, (_, name: string) =>
      toCharacter(name, unknown).replaceAll('&', '&amp;'),
    )
    parts.push(text.slice(done, start), written)
    done = end
  }
  return done === 0 ? bytes : Buffer.from(parts.join('') + text.slice(done))
}

function toCharacter(name: string, unknown: Set<string>): string {
  const character = namedCharacter(name)
  if (character === undefined) unknown.add(name)
  return character ?? `&${name};`
}
