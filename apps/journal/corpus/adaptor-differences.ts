/** A value that two documents do not agree in. */
export interface Difference {
  /** The generalised place: `references / uri`, `body … text`. */
  readonly place: string
  /** `ours`: theirs has none; `theirs`: ours has none; `both`: each has another. */
  readonly only: 'ours' | 'theirs' | 'both'
  readonly ours: unknown
  readonly theirs: unknown
}

/**
 * Compares article JSON of ours with that of the original's converter, after both are brought to one form: what differs in
 * spelling alone, or is of a service that neither asks here, is no difference.
 */
export function differencesOf(ours: unknown, theirs: unknown): { differences: readonly Difference[]; values: number } {
  const differences: Difference[] = []
  let values = 0
  const walk = (path: readonly string[], one: unknown, other: unknown): void => {
    if (isList(one) && isList(other)) {
      for (const [a, b] of aligned(one, other)) walk([...path, kindOf(a ?? b)], a, b)
    } else if (isObject(one) && isObject(other)) {
      const keys = new Set([...Object.keys(one), ...Object.keys(other)])
      for (const key of keys) walk([...path, key], one[key], other[key])
    } else {
      values++
      if (one === other) return
      const only = one === undefined ? 'theirs' : other === undefined ? 'ours' : 'both'
      differences.push({ place: placeOf(path), only, ours: one, theirs: other })
    }
  }
  walk([], inOneForm(ours), inOneForm(theirs))
  return { differences, values }
}

type Json = Readonly<Record<string, unknown>>

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !isList(value)

/** Items of lists have their type as their name, so that a missing one is told by it. */
function kindOf(value: unknown): string {
  const type = isObject(value) ? value['type'] : undefined
  return typeof type === 'string' ? `[${type}]` : '[]'
}

function placeOf(path: readonly string[]): string {
  const named = path.filter((step) => !step.startsWith('['))
  const last = path.at(-1) ?? ''
  const [first = '', ...deeper] = named
  const end = last.startsWith('[') && last !== '[]' ? last : deeper.at(-1)
  if (end === undefined) return first
  return `${first} ${deeper.length > 1 ? '…' : '/'} ${end}`
}

/** Brings values to the form in which both are compared; undefined where nothing is left. */
function inOneForm(value: unknown): unknown {
  if (typeof value === 'string') return textForm(value)
  if (isList(value)) {
    const items = value.map(inOneForm).filter((item) => item !== undefined)
    // An item of one paragraph is its text: the public API takes both.
    const plain = items.map((item) => {
      const [only, ...others] = isList(item) ? item : []
      return isObject(only) && others.length === 0 && only['type'] === 'paragraph' ? only['text'] : item
    })
    return plain.length === 0 ? undefined : plain
  }
  if (!isObject(value)) return value
  if (isObject(value['size']) && typeof value['uri'] === 'string') return imageForm(value)
  const entries = Object.entries(value)
    .filter(([key]) => key !== '-meta')
    .map(([key, item]) => [key, inOneForm(item)] as const)
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined))
}

/** Of an image its file: address, size and format are those of the server that is asked. */
function imageForm({ uri, alt, title }: Json): Json {
  const stem = String(uri)
    .replace(/\/full\/.*$/, '')
    .replace(/^.*(?:%2F|\/)/, '')
    .replace(/(?:-v\d+)?\.[a-z]+$/, '')
  return Object.fromEntries(Object.entries({ file: stem, alt, title }).filter(([, item]) => item))
}

function textForm(text: string): string {
  return text
    .replaceAll(/<(\w+)([^<>]*)><\/\1>/g, '<$1$2/>')
    .replaceAll(/&amp;(?![a-z#]+;)/g, '&')
    .replaceAll(/>\s+</g, '><')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(href="https?:\/\/[^/"]+)\/"/g, '$1"')
    .trim()
}

/** Pairs the items of two lists in their order by how much they have in common; an item without its like stands alone. */
function aligned(ones: readonly unknown[], others: readonly unknown[]): [unknown, unknown][] {
  const best = Array.from({ length: ones.length + 1 }, () => Array.from({ length: others.length + 1 }, () => 0))
  const at = (i: number, j: number) => best[i]?.[j] ?? 0
  for (let i = ones.length - 1; i >= 0; i--)
    for (let j = others.length - 1; j >= 0; j--) {
      const like = likeness(ones[i], others[j])
      const row = best[i]
      if (row) row[j] = Math.max(at(i + 1, j), at(i, j + 1), like > 0 ? at(i + 1, j + 1) + like : 0)
    }
  const pairs: [unknown, unknown][] = []
  let [i, j] = [0, 0]
  while (i < ones.length || j < others.length) {
    const like = i < ones.length && j < others.length ? likeness(ones[i], others[j]) : 0
    if (like > 0 && at(i, j) === at(i + 1, j + 1) + like) pairs.push([ones[i++], others[j++]])
    else if (j >= others.length || (i < ones.length && at(i, j) === at(i + 1, j))) pairs.push([ones[i++], undefined])
    else pairs.push([undefined, others[j++]])
  }
  return pairs
}

function likeness(one: unknown, other: unknown): number {
  if (one === other) return 5
  if (isList(one) && isList(other)) return beginningOf(one) === beginningOf(other) ? 4 : 1
  if (!isObject(one) || !isObject(other) || one['type'] !== other['type']) return 0
  const same = (key: string) => one[key] !== undefined && one[key] === other[key]
  return 1 + (same('id') ? 3 : 0) + (same('doi') ? 2 : 0) + (beginningOf(one) === beginningOf(other) ? 3 : 0)
}

function beginningOf(value: unknown): string {
  const text = isObject(value) ? (value['text'] ?? value['title'] ?? value['name'] ?? value['content'] ?? '') : value
  return JSON.stringify(text)
    .replaceAll(/<[^>]+>/g, '')
    .slice(0, 60)
}
