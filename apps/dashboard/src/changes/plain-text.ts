/** Pieces of text by word, so that what is written can be compared: see `linesOf`. */

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u{a0}' }

/** Returns a text with inline HTML as plain text, with single spaces. */
export function plainText(html: string): string {
  return html
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (entity, hex, decimal, name) => {
      if (name !== undefined) return named[name] ?? entity
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : ''
    })
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Keys of article JSON whose values are not written for readers. */
const unread = new Set(
  'id type anchors size width height mediaType isHeading isFormula prefix start language index'.split(' '),
)

/** Keys whose values stand before the others of their object, in one line. */
const leading = ['label', 'title']

/**
 * Lists the lines of a value of article JSON with their inline HTML: a line for each paragraph, caption, table, note or
 * reference. Addresses of the article's own files are not among them.
 */
export function linesOf(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(linesOf)
  if (!isObject(value)) return []
  if (isReference(value)) return [wordsOf(value).join(', ')]
  const head = leading.flatMap((key) => linesOf(value[key])).join(' ')
  const isFile = 'mediaType' in value || 'filename' in value || 'alt' in value
  const rest = Object.entries(value)
    .filter(([key]) => !unread.has(key) && !leading.includes(key) && !(isFile && unreadOfFiles.has(key)))
    .flatMap(([, of]) => linesOf(of))
  return head === '' ? rest : [head, ...rest]
}

const unreadOfFiles = new Set(['uri', 'filename', 'source'])

/** Lists the words of a value that is shown in one line, such as a person or a place. */
export function wordsOf(value: unknown): string[] {
  if (!isObject(value)) return Array.isArray(value) ? value.flatMap(wordsOf) : linesOf(value)
  return Object.entries(value).flatMap(([key, of]) => (unread.has(key) ? [] : wordsOf(of)))
}

function isReference(value: Readonly<Record<string, unknown>>): boolean {
  return 'date' in value && ('authors' in value || 'articleTitle' in value || 'authorsType' in value)
}

/** Checks that a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
