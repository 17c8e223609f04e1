import { isElement, textOf, type Element } from '../jats/tree.ts'
import { wordsOf, type Words } from './words.ts'

/** An element and those around it, the nearest first to reach from inside. */
export interface Place {
  readonly element: Element
  readonly parent: Place | undefined
  /** Its number among its siblings of the same name, from 1. */
  readonly index: number
}

/** A run of text of the XML that no block interrupts: the text of a paragraph up to its list, a cell, a surname. */
export interface Run extends Words {
  readonly place: Place
  /** As written. */
  readonly text: string
}

/** Markup inside a sentence: it divides no words. */
const inline = new Set(
  `abbrev abbreviation bold chem email ext-link fixed-case inline-supplementary-material italic monospace
  named-content overline overline-start overline-end private-char related-article related-object rb ruby roman sans-serif sc
  strike styled-content sub sup target underline underline-start underline-end uri x xref milestone-start milestone-end
  hr`.split(/\s+/),
)

const people = new Set(['contrib', 'collab', 'aff', 'address', 'addr-line'])
const partsOfPeople = new Set(['xref', 'x', 'email', 'uri', 'ext-link', 'named-content', 'styled-content'])

/** Every run of text below an element that has a word, in document order. */
export function runsOf(root: Element): readonly Run[] {
  const runs: Run[] = []
  let text = ''
  const end = (place: Place) => {
    const written = text
    const words = written === '' ? undefined : wordsOf(written)
    text = ''
    if (words && words.words.length > 0) runs.push({ ...words, place, text: written })
  }
  const read = (place: Place, around: Place) => {
    const counts = new Map<string, number>()
    for (const node of place.element.children) {
      if (!isElement(node)) {
        text += node
        continue
      }
      const index = (counts.get(node.name) ?? 0) + 1
      counts.set(node.name, index)
      const inner = { element: node, parent: place, index }
      if (node.name === 'break') text += ' '
      else if (isInline(node.name, place.element.name)) read(inner, around)
      else {
        end(around)
        const own = ownText(node)
        if (own !== undefined) text = own
        else read(inner, inner)
        end(inner)
      }
    }
  }
  const top = { element: root, parent: undefined, index: 1 }
  read(top, top)
  end(top)
  return runs
}

/** Formulas are one run. Of people and their places every part is one: names, marks, addresses. */
function isInline(name: string, parent: string): boolean {
  if (name.startsWith('mml:')) return name !== 'mml:math' && !name.startsWith('mml:annotation')
  const isPart = people.has(parent) && (partsOfPeople.has(name) || (name === 'sup' && parent === 'aff'))
  return inline.has(name) && !isPart
}

/** The text of an element that is not compared as it is written. */
function ownText(element: Element): string | undefined {
  if (element.name !== 'tex-math' && element.name !== 'year') return undefined
  const text = textOf(element)
  // A year with the letter that tells it from others: the letter may come out apart.
  if (element.name === 'year') return text.replace(/(\d)(?=[a-z]$)/, '$1 ')
  // A whole TeX document: what is around the formula is no part of it.
  return /\\begin\s*\{document\}([^]*?)\\end\s*\{document\}/.exec(text)?.[1]
}

/** All places of a document whose element has one of the names, in document order. */
export function placesOf(root: Element, names: ReadonlySet<string>): readonly Place[] {
  const places: Place[] = []
  const read = (place: Place) => {
    const counts = new Map<string, number>()
    for (const node of place.element.children) {
      if (!isElement(node)) continue
      const index = (counts.get(node.name) ?? 0) + 1
      counts.set(node.name, index)
      const inner = { element: node, parent: place, index }
      if (names.has(node.name)) places.push(inner)
      read(inner)
    }
  }
  read({ element: root, parent: undefined, index: 1 })
  return places
}

/** An element and those around it, itself first. */
export function* ancestorsOf(place: Place): Generator<Place> {
  for (let at: Place | undefined = place; at; at = at.parent) yield at
}

/** The place as an XPath: `/article/body/sec[2]/p[1]`. */
export function xpathOf(place: Place): string {
  const steps = [...ancestorsOf(place)].toReversed()
  return steps.map(({ element, parent, index }) => `/${element.name}${parent ? `[${index}]` : ''}`).join('')
}
