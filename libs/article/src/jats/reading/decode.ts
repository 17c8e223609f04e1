import { MalformedXml } from '../errors.ts'

/** Encodings in which every ASCII character is its own byte and nothing else; the others are UTF-8 and UTF-16. */
const asciiCompatible =
  /^(?:us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?\d|windows-(?:1250|1251|1252|1253|1254|1255|1256|1257|1258|874)|cp125\d|koi8-[ru]|macintosh|gbk|gb2312|gb18030|big5|shift_jis|euc-(?:jp|kr))$/i

/** The encoding that a document is in: by its byte order mark, by its first characters, or as its XML declaration says. */
export function encodingOf(xml: Uint8Array): string {
  const [a, b, c, d] = xml
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && d === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0)) return 'utf-16be'
  const start = Buffer.from(xml.subarray(0, 200)).toString('latin1')
  return /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'>]*)["']/.exec(start)?.[1] ?? 'utf-8'
}

/**
 * The document in UTF-8, whatever encoding it is delivered in; its XML declaration still says what it said. All that
 * guards against hostile XML looks at the result, and the parser is told to read it as UTF-8, so that no encoding can
 * hide a declaration from the one and show it to the other.
 *
 * @throws {MalformedXml} for an encoding that is not read, and for bytes that are none of the encoding's characters
 */
export function inUtf8(xml: Uint8Array): Uint8Array {
  const encoding = encodingOf(xml)
  if (/^utf-?8$/i.test(encoding)) return xml
  const isUtf16 = /^utf-16[bl]e$/.test(encoding)
  if (!isUtf16 && !asciiCompatible.test(encoding)) throw unreadable(encoding)
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(xml))
  } catch (error) {
    if (error instanceof RangeError) throw unreadable(encoding)
    throw new MalformedXml(`some of its bytes are no characters of its encoding ${encoding}; save it as UTF-8`, 1, 1)
  }
}

function unreadable(encoding: string): MalformedXml {
  return new MalformedXml(`its encoding "${encoding}" is not supported; save it as UTF-8`, 1, 1)
}
