import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, isElement, type Element } from '../../jats/tree.ts'
import type { Block } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'
import type { Reference } from './reference.ts'
import { referencesIn } from './references.ts'

/** One of several lists of references, or one with a heading of its own. */
export interface ReferenceList {
  readonly id?: string | undefined
  readonly title?: string | undefined
  /** The text of the list before its first entry. */
  readonly content?: readonly Block[]
  /** Ids of its references, in order. */
  readonly references: readonly string[]
}

export interface References {
  readonly references: readonly Reference[]
  /** The lists into which they are divided, where that is more than one list under "References". Not of the public API. */
  readonly referenceLists: readonly ReferenceList[]
}

/**
 * The works that an article cites, and how they are listed.
 *
 * @param scope makes ids unique where the XML gives none
 */
export function referencesOf(article: Element, places: FilePlaces, scope = ''): References {
  let count = 0
  const found = [...descendantsOf(childOf(article, 'back'), ['ref-list'])].map((element) => {
    const references = childrenOf(element, 'ref').flatMap((ref) => {
      count += 1
      return referencesIn(ref, attributeOf(ref, 'id') ?? `${scope}bib${count}`, places)
    })
    const list = { ...headOf(element, places), references: references.map(({ id }) => id) }
    return { references, list }
  })
  const lists = found
    .map(({ list }) => list)
    .filter(({ title, content, references }) => title || content.length > 0 || references.length > 0)
  const [only] = lists
  const isUsual = lists.length <= 1 && (only?.content ?? []).length === 0 && (!only?.title || isUsualTitle(only.title))
  return {
    references: found.flatMap(({ references }) => references),
    referenceLists: isUsual ? [] : lists,
  }
}

function headOf(list: Element, places: FilePlaces) {
  const context = markupContext(places)
  const words = [childOf(list, 'label'), childOf(list, 'title')].map((element) => htmlOf(element, context))
  const children = list.children.filter((node) => !isElement(node, 'ref', 'ref-list', 'title', 'label'))
  return {
    id: attributeOf(list, 'id'),
    title: words.filter(Boolean).join(' ') || undefined,
    content: blocksOf({ ...list, children }, places),
  }
}

function isUsualTitle(title: string): boolean {
  return /^references?[.:]?$/i.test(title)
}
