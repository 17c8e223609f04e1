import { attributeOf, isElement, type Element } from '../jats/tree.ts'
import { vocabularyOf } from './vocabulary.ts'
import { wordListOf } from './words.ts'

/** A value of the article JSON that the XML does not give. */
export interface Invented {
  /** Its place in the article JSON: `references[3].date`. */
  readonly at: string
  readonly value: string
  /** The element of the XML that it is about, where its id tells. */
  readonly about: Element | undefined
}

/** Keys of dates; the article store puts the true ones for those of a version. */
const dateKeys = new Set([
  'date',
  'published',
  'publicationDate',
  'received',
  'accepted',
  'sent-for-peer-review',
  'accessed',
])
/** Parts of the article whose titles and texts are read as they are written. */
const literalKeys = new Set([
  'statement',
  'articleTitle',
  'chapterTitle',
  'bookTitle',
  'journal',
  'periodical',
  'source',
])

/**
 * Years and dates, names of people and groups, funders, titles of references and statements of the article JSON that the XML
 * does not have. Of a reference with an id its own entry must have them, of all else any place of the XML.
 */
export function inventedValues(root: Element, json: unknown): readonly Invented[] {
  const byId = elementsById(root)
  const known = new Map<Element, ReadonlySet<string>>()
  const wordsIn = (element: Element) => {
    const words = known.get(element) ?? vocabularyOf(element)
    known.set(element, words)
    return words
  }
  const found: Invented[] = []
  const check = (at: string, value: string, about: Element | undefined, isDate: boolean) => {
    const given = wordsIn(about ?? root)
    const words = isDate ? [value.slice(0, 4)] : wordListOf(value.replaceAll(/<[^>]*>|&[a-z]+;/g, ''))
    const isGiven = words.every((word) => given.has(word.toLowerCase()))
    if (!isGiven) found.push({ at, value, about })
  }
  const read = (value: unknown, at: string, key: string, about: Element | undefined) => {
    if (typeof value === 'string') {
      if (dateKeys.has(key) && /^\d{4}/.test(value)) check(at, value, about, true)
      else if (key === 'preferred' || key === 'name' || literalKeys.has(key)) check(at, value, about, false)
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => read(item, `${at}[${index}]`, key, about))
    } else if (typeof value === 'object' && value !== null) {
      const entry = at.startsWith('references') && 'id' in value ? byId.get(String(value.id)) : about
      for (const [name, item] of Object.entries(value)) {
        if (!skipped.has(name)) read(item, at ? `${at}.${name}` : name, name, entry)
      }
    }
  }
  read(json, '', '', undefined)
  return found
}

/** Said by the journal, not by the XML: names of subjects, addresses of files, the licence. */
const skipped = new Set(['subjects', 'image', 'copyright', 'preprint', 'sources'])

function elementsById(root: Element): ReadonlyMap<string, Element> {
  const all = new Map<string, Element>()
  const look = (element: Element) => {
    const id = attributeOf(element, 'id')
    if (id !== undefined && !all.has(id)) all.set(id, element)
    for (const child of element.children) if (isElement(child)) look(child)
  }
  look(root)
  return all
}
