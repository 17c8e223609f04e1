import { isUtf8 } from 'node:buffer'
import { formatAssetName, parseAssetName } from '../naming/asset-name.ts'
import { assetElements, fileNamedBy, isLocalName, type AssetElement } from '../jats/assets.ts'
import { encodingOf } from '../jats/reading/decode.ts'
import { escapeAttribute, unescaped } from '../jats/escape.ts'
import { startTags } from '../jats/reading/start-tags.ts'

const hrefs = /(?<before>\s[\w-]+:href\s*=\s*)(?<quote>["'])(?<href>[^]*?)\k<quote>/g

/**
 * The same XML with its files named anew: every `xlink:href` of a graphic, media, PDF or supplement that means one of
 * the files gets the file's new name, without extension where it had none. All other bytes stay as they are.
 *
 * Doing it again with the new names changes nothing, so it may be repeated after a crash. XML that is not well-formed is
 * changed up to where it breaks; reading it says what is wrong.
 *
 * @param renames new name by name in the package
 */
export function rewriteHrefs(xml: Uint8Array, renames: ReadonlyMap<string, string>): Uint8Array {
  const bytes = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength)
  const declared = encodingOf(bytes)
  if (declared === 'utf-16be' || declared === 'utf-16le') {
    const inOrder = declared === 'utf-16be' ? swapped : (units: Buffer) => units
    const whole = bytes.length - (bytes.length % 2)
    const rewritten = inOrder(rewriteText(inOrder(bytes.subarray(0, whole)), 'utf16le', renames))
    // Half a unit at the end is damage, which is not mended here.
    return Buffer.concat([rewritten, bytes.subarray(whole)])
  }
  // A document in another encoding is passed through byte by byte: all that is replaced is ASCII in both.
  return rewriteText(bytes, isUtf8(bytes) ? 'utf8' : 'latin1', renames)
}

/** The same with the two bytes of each UTF-16 unit in the other order. */
function swapped(units: Buffer): Buffer {
  return Buffer.from(units).swap16()
}

function rewriteText(bytes: Buffer, encoding: BufferEncoding, renames: ReadonlyMap<string, string>): Buffer {
  const text = bytes.toString(encoding)
  const parts: string[] = []
  let done = 0
  for (const { name, start, end } of startTags(text)) {
    const element = assetElements.find((known) => known === name)
    if (!element) continue
    parts.push(text.slice(done, start), rewriteTag(text.slice(start, end), element, renames))
    done = end
  }
  return Buffer.from(parts.join('') + text.slice(done), encoding)
}

function rewriteTag(tag: string, element: AssetElement, renames: ReadonlyMap<string, string>): string {
  const files = [...renames.keys()]
  return tag.replaceAll(hrefs, (whole, before: string, quote: string, href: string) => {
    const text = unescaped(href)
    const file = isLocalName(text, element) ? fileNamedBy(text, element, files) : undefined
    const renamed = file === undefined ? undefined : renames.get(file)
    if (renamed === undefined) return whole
    return `${before}${quote}${escapeAttribute(withExtensionAs(text, renamed)).replaceAll("'", '&apos;')}${quote}`
  })
}

/** A name without extension stays without. */
function withExtensionAs(href: string, renamed: string): string {
  return parseAssetName(href).extension ? renamed : formatAssetName({ ...parseAssetName(renamed), extension: '' })
}
