import { namedCharacter } from '../jats/reading/character-entities.ts'
import { stringsOf } from './links.ts'
import { tagMark } from './words.ts'

/** Keys whose values are for machines. */
const silentKeys = new Set(
  'type id mediaType prefix status stage xml pdf figuresPdf published versionDate statusDate authorLine index kind -history doiVersion significance strength'.split(
    ' ',
  ),
)

/** Dates of the article's history, in article JSON. */
export function datesOf(json: unknown): readonly string[] {
  return typeof json === 'object' && json !== null && '-history' in json ? stringsOf(json['-history']) : []
}

/** The kind of the article. */
function kindOf(json: unknown): string[] {
  return typeof json === 'object' && json !== null && 'stage' in json && 'kind' in json ? [String(json.kind)] : []
}

/** Every text of article JSON that a reader sees, in its order, but for the dates of its history. */
export function textsOf(json: unknown): readonly string[] {
  const texts: string[] = kindOf(json)
  const read = (value: unknown) => {
    if (typeof value === 'string') texts.push(...textsOfHtml(value))
    else if (typeof value === 'number') texts.push(String(value))
    else if (Array.isArray(value)) for (const item of value) read(item)
    else if (typeof value === 'object' && value !== null) {
      const file = 'mediaType' in value || 'size' in value
      for (const [key, item] of Object.entries(value)) {
        if (silentKeys.has(key) || (file && (key === 'uri' || key === 'filename'))) continue
        if (key === 'code' && typeof item === 'string') texts.push(item)
        else read(item)
      }
    }
  }
  read(json)
  return texts
}

/** Elements that divide words: their tags are as good as white space. All others stand inside words. */
const dividing =
  /^\/?(?:p|br|hr|t[dhr]|table|thead|tbody|tfoot|caption|li|[ou]l|d[ltd]|div|h[1-6]|section|article|aside|nav|header|footer|figure|figcaption|blockquote|pre|details|summary|main|option|button|img|video|audio|math|annotation|mtd|mtr)\b/i
const tag = /<(\/?[a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--[^]*?-->/gi
const spoken = /\s(?:alt|alttext|aria-label|data-tex)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi

/** The text of inline HTML without its tags, and after it the texts of the attributes that carry words. */
export function textsOfHtml(html: string): readonly string[] {
  if (!html.includes('<')) return [decoded(html)]
  const attributes: string[] = []
  const text = html.replaceAll(tag, (_, name: string | undefined, rest: string | undefined) => {
    for (const [, double, single] of (rest ?? '').matchAll(spoken)) attributes.push(decoded(double ?? single ?? ''))
    return name !== undefined && dividing.test(name) ? ' ' : tagMark
  })
  return [decoded(text), ...attributes]
}

/** The texts of a page that stand in its body; its table of contents repeats them and is left out. */
export function textsOfPage(page: string): readonly string[] {
  const body = page.replace(/^[^]*?<body\b/i, '<body').replaceAll(/<(script|style|nav)\b[^]*?<\/\1>/gi, ' ')
  return textsOfHtml(body)
}

const usual: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    return usual[name] ?? namedCharacter(name) ?? whole
  })
}
