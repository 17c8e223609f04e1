import { html, safe, type Html } from '@continuum/service'

/** The HTML elements for the inline markup of JATS titles. Other tags are dropped, but their text is kept. */
const shown: Record<string, string> = {
  italic: 'i',
  bold: 'b',
  sub: 'sub',
  sup: 'sup',
  underline: 'u',
  monospace: 'code',
  sc: 'span',
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Renders a title with JATS inline markup as a safe, well-formed subset of HTML. */
export function titleHtml(jats: string): Html {
  const open: string[] = []
  const parts = tokens(jats).map((token) => {
    if (token.text !== undefined) return html`${token.text}`.toString()
    const tag = shown[token.name]
    if (tag === undefined) return ''
    if (!token.closing) {
      open.push(tag)
      return `<${tag}>`
    }
    const at = open.lastIndexOf(tag)
    return at < 0 ? '' : closeAll(open.splice(at))
  })
  return safe(parts.join('') + closeAll(open))
}

/** Returns a title as plain text. */
export function titleText(jats: string): string {
  return tokens(jats)
    .map(({ text = '' }) => text)
    .join('')
}

type Token = { text: string } | { text?: undefined; name: string; closing: boolean }

function tokens(jats: string): Token[] {
  return jats.split(/(<\/?[a-z][^<>]*>)/i).flatMap((part): Token[] => {
    const tag = /^<(\/?)(?:[\w-]+:)?([\w-]+)[^<>]*>$/.exec(part)
    if (!tag) return part === '' ? [] : [{ text: decode(part) }]
    if (part.endsWith('/>')) return []
    return [{ name: tag[2] ?? '', closing: tag[1] === '/' }]
  })
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (entity, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? entity
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : entity
  })
}

function closeAll(tags: readonly string[]): string {
  return tags
    .toReversed()
    .map((tag) => `</${tag}>`)
    .join('')
}
