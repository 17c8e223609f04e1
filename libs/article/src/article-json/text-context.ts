import type { NoteMark } from '../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, textOf, type Element } from '../jats/tree.ts'
import { escapeText } from '../jats/escape.ts'

/** Places in an article that its text refers to. */
export interface TextContext {
  /** Ids that a link of the article leads to. */
  readonly linked: ReadonlySet<string>
  /** All ids that there are. */
  readonly ids: ReadonlySet<string>
  /** Notes that stand where they are referred to, with their marks. */
  readonly notes: ReadonlyMap<Element, NoteMark>
  /** Those of them that are not in a table, in the order of the text. */
  readonly footnotes: readonly Element[]
  /** Figures and tables that the XML keeps apart (`floats-group`), by the element after which they are shown. */
  readonly floats: ReadonlyMap<Element, readonly Element[]>
  /** Marks of things that a link without words leads to, by their ids. */
  readonly marks: ReadonlyMap<string, string>
  /** Lists by their id: another one may continue them. */
  readonly lists: ReadonlyMap<string, Element>
}

/** Reads what links, notes and floating figures refer to, for the article and those within it. */
export function textContext(root: Element): TextContext {
  const lists = [...descendantsOf(root, ['list'])].flatMap((list): [string, Element][] => {
    const id = attributeOf(list, 'id')
    return id === undefined ? [] : [[id, list]]
  })
  return {
    ...idsOf(root),
    notes: noteMarks(root),
    footnotes: [...descendantsOf(root, ['fn'], [...collected, 'table', 'oasis:table', 'tgroup'])],
    marks: marksOf(root),
    floats: placesOfFloats(root),
    lists: new Map(lists),
  }
}

function idsOf(root: Element): Pick<TextContext, 'linked' | 'ids'> {
  const [linked, ids] = [new Set<string>(), new Set<string>()]
  const look = (element: Element) => {
    const id = attributeOf(element, 'id')
    if (id !== undefined) ids.add(id)
    for (const target of (attributeOf(element, 'rid') ?? '').split(/\s+/)) if (target) linked.add(target)
    const [, place] = /^#(\S+)$/.exec(attributeOf(element, 'xlink:href') ?? '') ?? []
    if (place) linked.add(place)
    for (const child of childrenOf(element)) look(child)
  }
  look(root)
  return { linked, ids }
}

/** Containers of notes that are referred to from elsewhere. */
const collected = ['fn-group', 'table-wrap-foot', 'author-notes', 'contrib-group', 'ref-list']

/** A note without a mark of its own gets the next number that no other has. */
function noteMarks(root: Element): ReadonlyMap<Element, NoteMark> {
  const notes = [...descendantsOf(root, ['fn'], collected)]
  const own = (fn: Element) => textOf(childOf(fn, 'label')) || attributeOf(fn, 'symbol')
  const taken = new Set(notes.map(own))
  const marks = new Map<Element, NoteMark>()
  let number = 0
  for (const fn of notes) {
    if (!own(fn))
      do number += 1
      while (taken.has(String(number)))
    const label = own(fn) ?? String(number)
    marks.set(fn, { id: attributeOf(fn, 'id') ?? `note-${marks.size + 1}`, label: escapeText(label) })
  }
  return marks
}

/** Labels of what links without words lead to: of a note without one the next free number, of a reference its place in the list. */
function marksOf(root: Element): ReadonlyMap<string, string> {
  const empty = [...descendantsOf(root, ['xref'], ['contrib-group'])].filter((xref) => textOf(xref) === '')
  const wanted = new Set(empty.flatMap((xref) => (attributeOf(xref, 'rid') ?? '').split(/\s+/)).filter(Boolean))
  if (wanted.size === 0) return new Map()
  const references = [...descendantsOf(root, ['ref'])]
  const inText = noteMarks(root)
  const own = (element: Element) =>
    textOf(childOf(element, 'label')) || attributeOf(element, 'symbol') || inText.get(element)?.label
  const notes = [...descendantsOf(root, ['fn'])]
  const taken = new Set(notes.map(own))
  const next = () => {
    const free = Array.from({ length: notes.length + 1 }, (_, index) => String(index + 1)).find(
      (one) => !taken.has(one),
    )
    taken.add(free)
    return free
  }
  const marks = new Map<string, string>()
  const look = (element: Element) => {
    const id = attributeOf(element, 'id')
    if (id !== undefined && wanted.has(id) && !marks.has(id)) {
      const place = element.name === 'ref' ? String(references.indexOf(element) + 1) : undefined
      const mark = own(element) ?? place ?? (element.name === 'fn' ? next() : undefined)
      if (mark) marks.set(id, escapeText(mark))
    }
    for (const child of childrenOf(element)) look(child)
  }
  look(root)
  return marks
}

/** Each float is shown after the paragraph, or other piece of a section, that refers to it first; else at the end. */
function placesOfFloats(root: Element): ReadonlyMap<Element, readonly Element[]> {
  const places = new Map<Element, Element[]>()
  for (const article of [root, ...childrenOf(root, 'sub-article', 'response')]) {
    const body = childOf(article, 'body')
    const floats = childrenOf(article, 'floats-group', 'floats-wrap').flatMap((group) => childrenOf(group))
    if (!body || floats.length === 0) continue
    const cited = firstCitations(body)
    for (const float of floats) {
      const ids = [float, ...descendantsOf(float, ['fig', 'table-wrap', 'media', 'boxed-text'])]
      const place = ids.map((element) => cited.get(attributeOf(element, 'id') ?? '')).find((found) => found) ?? body
      places.set(place, [...(places.get(place) ?? []), float])
    }
  }
  return places
}

/** By id, the piece of a section in which it is referred to first. */
function firstCitations(body: Element): ReadonlyMap<string, Element> {
  const first = new Map<string, Element>()
  const lookIn = (section: Element) => {
    for (const piece of childrenOf(section)) {
      if (piece.name === 'sec') {
        lookIn(piece)
        continue
      }
      for (const xref of descendantsOf(piece, ['xref'])) {
        for (const id of (attributeOf(xref, 'rid') ?? '').split(/\s+/)) if (!first.has(id)) first.set(id, piece)
      }
    }
  }
  lookIn(body)
  return first
}
