/** A piece of markup: text (its entities resolved), or an element with what is in it. */
export type Node = string | Element

export interface Element {
  /** Lower case, without a namespace prefix. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Node[]
}

/** Deeper nesting is flattened, so that no document can exhaust the stack. */
const deepest = 100

/** Titles may have the markup of JATS in them. */
const jats = new Map([
  ['bold', 'b'],
  ['italic', 'i'],
  ['monospace', 'code'],
  ['underline', 'u'],
])

const empty = new Set(['br', 'col', 'hr', 'img', 'mprescripts', 'mspace', 'none'])

const token = /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*(?:>|$)|<(\/?)([A-Za-z][\w:.-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>|<|[^<]+/g
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g

/**
 * Reads the markup inside a text of an article. It takes whatever comes: end tags without a start are left out, elements
 * without an end are ended, a `<` that begins nothing is text. What may be in a page is decided afterwards.
 */
export function parseMarkup(markup: string): Node[] {
  const roots: Node[] = []
  const open: Element[] = []
  for (const [text, slash, rawName, rawAttributes = ''] of markup.matchAll(token)) {
    const into = open.at(-1)?.children ?? roots
    if (!rawName) {
      if (text === '<' || !text.startsWith('<')) into.push(decodeEntities(text))
      continue
    }
    const plainName = rawName.toLowerCase().replace(/^.*:/, '')
    const name = jats.get(plainName) ?? plainName
    if (slash) {
      const at = open.findLastIndex((element) => element.name === name)
      if (at >= 0) open.length = at
      continue
    }
    if (open.length >= deepest) continue
    const element: Element = { name, attributes: readAttributes(rawAttributes), children: [] }
    into.push(element)
    if (!empty.has(name) && !rawAttributes.endsWith('/')) open.push(element)
  }
  return roots
}

function readAttributes(text: string): Map<string, string> {
  const pairs = text.matchAll(attribute)
  return new Map(
    [...pairs].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      decodeEntities(double ?? single ?? bare ?? ''),
    ]),
  )
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/** Entities of XML, and by number; others stay as they are written. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (entity, decimal, hexadecimal, name) => {
    if (name) return named[name] ?? entity
    const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal, 16)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd'
  })
}

/** The text alone. */
export function textOf(nodes: readonly Node[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('')
}
