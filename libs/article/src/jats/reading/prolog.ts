import { ForbiddenEntity, XmlTooLarge } from '../errors.ts'

const maxBytes = 32 * 1024 * 1024
const maxTags = 1_000_000

/**
 * Refuses, before any parser sees it, a document that has too many tags or that declares an entity.
 *
 * @param xml in UTF-8
 * @throws {XmlTooLarge | ForbiddenEntity}
 */
export function guardProlog(xml: Uint8Array): void {
  const tags = countTags(xml)
  if (tags > maxTags) throw new XmlTooLarge(`${tags} tags`, `${maxTags}`)
  guardDeclarations(Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength).toString('latin1'))
}

/**
 * Refuses a document of more bytes than any article has, before anything is done with it.
 *
 * @throws {XmlTooLarge}
 */
export function guardSize(xml: Uint8Array): void {
  if (xml.byteLength > maxBytes) throw new XmlTooLarge(`${xml.byteLength} bytes`, `${maxBytes}`)
}

/** The tokens of a prolog; a quoted literal is one token, so nothing inside it can pass for a tag. */
const token = /<!--[^]*?-->|(?<open><!--)|<\?[^]*?\?>|(?<entity><!ENTITY)|<!|"[^"]*"|'[^']*'|(?<root><)|[^<"']+/y

/** Reads tokens up to the root element; a prolog that is no prolog is left to the parser's own message. */
function guardDeclarations(text: string): void {
  token.lastIndex = 0
  for (let match = token.exec(text); match && !match.groups?.['open']; match = token.exec(text)) {
    const { entity, root } = match.groups ?? {}
    if (entity) throw new ForbiddenEntity()
    if (root) return
  }
}

function countTags(xml: Uint8Array): number {
  let count = 0
  for (let at = xml.indexOf(0x3c); at >= 0; at = xml.indexOf(0x3c, at + 1)) count += 1
  return count
}
