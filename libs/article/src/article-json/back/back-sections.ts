import { metaOf } from '../../jats/article-parts.ts'
import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, isElement, textOf, type Element, type Node } from '../../jats/tree.ts'
import { headingParagraph, type Block } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'
import { isAvailability, toldAsDataSets } from './data-sets.ts'

/** A part of the front or back matter that has no place of its own in the public API. */
export interface BackSection {
  readonly id?: string | undefined
  /** With inline HTML; absent for text without a heading. */
  readonly title?: string | undefined
  readonly content: readonly Block[]
}

/** Elements of the back matter that have a place of their own. */
const placed = ['ack', 'app', 'app-group', 'ref-list', 'fn-group', 'title', 'label']

const headings = ['title', 'label']

/** Elements that are sections by another name. */
const sections = ['glossary', 'notes', 'bio', 'sec', 'app-group', 'fn-group']

/** Sections, glossaries, notes and biographies of the front and back matter, in their order. */
export function backSectionsOf(article: Element, places: FilePlaces): readonly BackSection[] {
  const front = [
    ...childrenOf(metaOf(article), 'supplementary-material'),
    ...childrenOf(childOf(article, 'front'), 'notes'),
    ...childrenOf(childOf(article, 'front-stub'), 'notes'),
  ]
  const back = childOf(article, 'back')
  const told = toldAsDataSets(article)
  const nodes = [...front, ...(back?.children ?? [])].filter((node) => !isElement(node, ...placed))
  const groups = childrenOf(back, 'app-group').map(introduction)
  const heading = childrenOf(back, 'label', 'title')
    .map((part) => htmlOf(part, markupContext(places)))
    .filter(Boolean)
  const rest: Element = {
    name: 'back',
    attributes: {},
    line: back?.line ?? 0,
    children: [...nodes, ...groups].flatMap((node) => asSection(node, told)),
  }
  const blocks = [...(heading.length > 0 ? [headingParagraph(heading.join(' '))] : []), ...blocksOf(rest, places)]
  return blocks.map((block) =>
    block.type === 'section' ? { id: block.id, title: block.title, content: block.content } : { content: [block] },
  )
}

/** The text of a group of appendices before the first. */
function introduction(group: Element): Element {
  return { ...group, children: group.children.filter((node) => !isElement(node, 'app', 'ref-list')) }
}

/** The element as a section, without what has a place of its own. */
function asSection(node: Node, told: ReadonlySet<Element>): readonly Node[] {
  if (!isElement(node)) return [node]
  if (told.has(node)) return []
  if (isAvailability(node) || (placed.includes(node.name) && node.name !== 'app-group')) return []
  if (!sections.includes(node.name)) return [node]
  const children = node.children.flatMap((child) =>
    isElement(child, 'title', 'label') ? [child] : asSection(child, told),
  )
  const hasMore = children.some((child) => !isElement(child, 'title', 'label', 'object-id') && textOf(child) !== '')
  const hadMore = node.children.some(
    (child) => isElement(child) && (told.has(child) || (placed.includes(child.name) && !headings.includes(child.name))),
  )
  // A heading over nothing but what has a place of its own.
  return hadMore && !hasMore ? [] : [{ ...node, name: 'sec', attributes: attributesOf(node), children }]
}

function attributesOf(element: Element): Element['attributes'] {
  const id = attributeOf(element, 'id')
  return id ? { id } : {}
}
