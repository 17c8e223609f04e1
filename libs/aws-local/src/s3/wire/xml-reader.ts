import { S3Error } from '../model/errors.ts'

/** An element of a request's XML, without namespaces and attributes, which S3's requests do not need. */
export interface XmlElement {
  readonly name: string
  readonly text: string
  readonly children: readonly XmlElement[]
}

const token = /<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>|<(\/?)(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*?)?(\/?)>/gsy
const maxDepth = 20

interface Open {
  name: string
  text: string
  children: XmlElement[]
}

/** Reads a document whose root must be `root`. Throws MalformedXML; a DOCTYPE is refused, so there are no entities to expand. */
export function readXml(document: string, root: string): XmlElement {
  const top: Open = { name: '', text: '', children: [] }
  const path = [top]
  let at = 0
  while (at < document.length) {
    const next = document.indexOf('<', at)
    const current = path.at(-1)
    if (!current) throw malformed('too many end tags')
    current.text += decodeEntities(document.slice(at, next < 0 ? document.length : next))
    if (next < 0) break
    token.lastIndex = next
    const found = token.exec(document)
    if (!found) throw malformed(`cannot read what begins at character ${next}`)
    at = token.lastIndex
    step(path, current, found)
  }
  const [element, more] = top.children
  if (path.length !== 1 || !element || more || top.text.trim() !== '')
    throw malformed('there must be exactly one root element')
  if (element.name !== root) throw malformed(`the root element is not ${root}`)
  return element
}

function step(path: Open[], current: Open, [whole, cdata, slash, name, empty]: RegExpExecArray): void {
  if (cdata !== undefined) current.text += cdata
  if (name === undefined) return
  if (slash) {
    if (current.name !== name || path.length === 1) throw malformed(`${whole} closes nothing`)
    path.pop()
    return
  }
  if (path.length > maxDepth) throw malformed('too deep')
  const child: Open = { name, text: '', children: [] }
  current.children.push(child)
  if (!empty) path.push(child)
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));|&/g, (whole, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    const character = name === undefined ? (code <= 0x10ffff ? String.fromCodePoint(code) : undefined) : named[name]
    if (character === undefined) throw malformed(`unknown entity ${whole}`)
    return character
  })
}

const malformed = (why: string) =>
  new S3Error(
    'MalformedXML',
    `The XML you provided was not well-formed or did not validate against our published schema: ${why}.`,
  )

/** The children with this name. */
export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name)

/** The text of the first child with this name. */
export const childText = (element: XmlElement, name: string): string | undefined => childrenOf(element, name)[0]?.text

/** As {@link childText}, for a child that must be there. Throws MalformedXML. */
export function requiredChildText(element: XmlElement, name: string): string {
  const text = childText(element, name)
  if (text === undefined) throw malformed(`${element.name} has no ${name}`)
  return text
}

/** Throws MalformedXML when the element has a child of another name than these. */
export function onlyChildren(element: XmlElement, names: readonly string[]): void {
  const other = element.children.find((child) => !names.includes(child.name))
  if (other) throw malformed(`${element.name} may not have ${other.name}`)
}
