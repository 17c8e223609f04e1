import { isElement, type Element } from '../jats/tree.ts'
import { cleanText, wordListOf } from './words.ts'

/**
 * Every word of an element, in small letters: of each text, of what texts say together within each element (`H<sub>2</sub>O`), of
 * attributes, and the names of its elements. Each text is read once, however deep it stands.
 */
export function vocabularyOf(element: Element): ReadonlySet<string> {
  const words = new Set<string>()
  // Names of elements and values of attributes are few, and each stands a thousand times.
  const read = new Set<string>()
  collect(element, (text) => {
    if (read.has(text)) return
    read.add(text)
    for (const each of wordListOf(text)) {
      const word = each.toLowerCase()
      if (words.has(word)) continue
      words.add(word)
      // `2004a` and `12.3.2004`
      for (const [year] of word.matchAll(/\d{4}/g)) words.add(year)
    }
  })
  return words
}

/** The parts of words with which a text begins and ends: with those of its neighbours they are words. */
interface Edges {
  readonly first: string
  readonly last: string
  /** The text is one part, or nothing. */
  readonly isOne: boolean
}

function collect(element: Element, add: (text: string) => void): Edges {
  add(element.name)
  for (const value of Object.values(element.attributes)) add(value)
  let first: string | undefined
  let open = ''
  for (const child of element.children) {
    const edges = isElement(child) ? collect(child, add) : edgesOf(child, add)
    open += edges.first
    if (edges.isOne) continue
    first ??= open
    add(open)
    open = edges.last
  }
  add(open)
  return { first: first ?? open, last: open, isOne: first === undefined }
}

const beginning = /^[\p{L}\p{M}\p{N}]*/u
const end = /[\p{L}\p{M}\p{N}]*$/u

function edgesOf(text: string, add: (text: string) => void): Edges {
  const clean = cleanText(text)
  add(clean)
  const [first = ''] = beginning.exec(clean) ?? []
  if (first.length === clean.length) return { first, last: first, isOne: true }
  // Words are short: the last one is looked for where it can be, unless it is a very long one.
  const tail = end.exec(clean.slice(-100))?.[0] ?? ''
  return { first, last: tail.length < 99 ? tail : (end.exec(clean)?.[0] ?? ''), isOne: false }
}
