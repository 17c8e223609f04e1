import { ForbiddenEntity, MalformedXml, XmlTooLarge } from './errors.ts'

const maxBytes = 32 * 1024 * 1024
const maxTags = 1_000_000
const readableEncodings = /^(?:utf-?8|us-ascii|iso-8859-1)$/i

/**
 * Refuses, before any parser sees it, a document that is too large, that is in an encoding in which declarations could
 * hide, or that declares an entity.
 *
 * @throws {XmlTooLarge | MalformedXml | ForbiddenEntity}
 */
export function guardProlog(xml: Uint8Array): void {
  if (xml.byteLength > maxBytes) throw new XmlTooLarge(`${xml.byteLength} bytes`, `${maxBytes}`)
  const tags = countTags(xml)
  if (tags > maxTags) throw new XmlTooLarge(`${tags} tags`, `${maxTags}`)
  if (xml.subarray(0, 4).includes(0) || (xml[0] ?? 0) >= 0xfe)
    throw new MalformedXml('it is in UTF-16; save it as UTF-8')

  guardDeclarations(Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength).toString('latin1'))
}

/** What a prolog consists of; a quoted literal is one token, so nothing inside it can pass for a tag. */
const token =
  /<!--[^]*?-->|(?<open><!--)|<\?xml\s[^>]*?\bencoding\s*=\s*["'](?<encoding>[^"']*)["'][^>]*>|<\?[^]*?\?>|(?<entity><!ENTITY)|<!|"[^"]*"|'[^']*'|(?<root><)|[^<"']+/y

/** Reads tokens up to the root element; a prolog that is no prolog is left to the parser's own message. */
function guardDeclarations(text: string): void {
  token.lastIndex = 0
  for (let match = token.exec(text); match && !match.groups?.['open']; match = token.exec(text)) {
    const { encoding, entity, root } = match.groups ?? {}
    if (encoding !== undefined && !readableEncodings.test(encoding)) {
      throw new MalformedXml(`its encoding "${encoding}" is not read; save it as UTF-8`, 1, 1)
    }
    if (entity) throw new ForbiddenEntity()
    if (root) return
  }
}

function countTags(xml: Uint8Array): number {
  let count = 0
  for (let at = xml.indexOf(0x3c); at >= 0; at = xml.indexOf(0x3c, at + 1)) count += 1
  return count
}
