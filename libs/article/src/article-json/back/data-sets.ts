import { metaOf } from '../../jats/article-parts.ts'
import { htmlOf } from '../../jats/markup.ts'
import { webAddress } from '../../jats/web-address.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstBelow,
  isElement,
  textOf,
  type Element,
} from '../../jats/tree.ts'
import type { Paragraph } from '../blocks.ts'
import { personName, type Group, type Person } from '../people/people.ts'
import { remainderOf } from '../references/remainder.ts'
import { plainParagraphs } from '../titled.ts'

interface DataSet {
  readonly id: string
  readonly date: string
  readonly authors: readonly (Person | Group)[]
  readonly title: string
  readonly dataId?: string | undefined
  readonly details?: string | undefined
  readonly doi?: string | undefined
  readonly uri?: string | undefined
  /** What the article gives beyond that, with inline HTML. Not of the public API. */
  readonly remainder?: readonly string[] | undefined
}

export interface DataSets {
  readonly availability?: readonly Paragraph[]
  readonly generated?: readonly DataSet[]
  readonly used?: readonly DataSet[]
  /** The heading where it is not "Data availability". Not of the public API. */
  readonly title?: string | undefined
  /** What introduces the lists. Not of the public API. */
  readonly introductions?: { readonly generated?: string | undefined; readonly used?: string | undefined }
}

/** Whether an element says where data are. */
export function isAvailability(element: Element): boolean {
  return element.name === 'sec' && /^data-?availability/i.test(attributeOf(element, 'sec-type') ?? '')
}

/** Data that the work made or used, and where they are. */
export function dataSetsOf(article: Element): DataSets {
  const back = childOf(article, 'back')
  const availability = [...descendantsOf(back, ['sec'])].find(isAvailability)
  const objects = [...descendantsOf(back, ['related-object', 'element-citation'], ['ref-list', 'related-object'])]
  const read = new Map(objects.map((object, index) => [object, dataSetOf(object, index)]))
  const used = usedObjects(availability)
  const sets = objects.flatMap((object) => {
    const set = read.get(object)
    return set ? [{ set, used: isUsed(object) ?? used.has(object) }] : []
  })
  const isRead = (p: Element) => {
    const found = [...descendantsOf(p, ['related-object', 'element-citation'])]
    return found.length > 0 && found.every((object) => read.get(object))
  }
  const headings = [childOf(availability, 'label'), childOf(availability, 'title')].map((heading) => htmlOf(heading))
  const title = headings.filter(Boolean).join(' ')
  const paragraphs = [...paragraphsIn(availability), ...statementsIn(metaOf(article))]
  return {
    availability: plainParagraphs(
      paragraphs.filter((p) => !isRead(p) && !introduces(p, 'generated') && !introduces(p, 'used')),
      {},
    ),
    generated: sets.filter((entry) => !entry.used).map(({ set }) => set),
    used: sets.filter((entry) => entry.used).map(({ set }) => set),
    title: /^data availability[.:]?$/i.test(title) ? undefined : title || undefined,
    introductions: { generated: introduction(paragraphs, 'generated'), used: introduction(paragraphs, 'used') },
  }
}

/** Paragraphs of a section, also those of its lists and sections. */
function paragraphsIn(element: Element | undefined): readonly Element[] {
  return childrenOf(element).flatMap((child) => {
    if (child.name === 'p') return [child]
    return ['title', 'label', 'fn-group', 'ref-list'].includes(child.name) ? [] : paragraphsOrSelf(child)
  })
}

function paragraphsOrSelf(element: Element): readonly Element[] {
  const hasParagraphs = firstBelow(element, 'p') !== undefined
  return hasParagraphs ? [...childrenOf(element, 'title'), ...paragraphsIn(element)] : [element]
}

/** Some journals state it in the custom metadata. */
function statementsIn(meta: Element | undefined): readonly Element[] {
  const metas = [
    ...descendantsOf(childOf(meta, 'custom-meta-group') ?? childOf(meta, 'custom-meta-wrap'), ['custom-meta']),
  ]
  return metas.flatMap((custom) =>
    /^data availability/i.test(textOf(childOf(custom, 'meta-name'))) ? childrenOf(custom, 'meta-value') : [],
  )
}

/** Whether a data set was there before the work, as far as its element tells. */
function isUsed(object: Element): boolean | undefined {
  const kind = attributeOf(object, 'content-type') ?? attributeOf(object, 'specific-use')
  if (kind === undefined) return undefined
  return /existing|analyzed|used/.test(kind)
}

/** Data sets that follow a paragraph which says that they were used. */
function usedObjects(availability: Element | undefined): ReadonlySet<Element> {
  const found = new Set<Element>()
  let isAfter = false
  for (const p of paragraphsIn(availability)) {
    if (introduces(p, 'used')) isAfter = true
    else if (introduces(p, 'generated')) isAfter = false
    if (isAfter) for (const object of descendantsOf(p, ['related-object', 'element-citation'])) found.add(object)
  }
  return found
}

/** `The following dataset was generated:` */
function introduces(p: Element, how: 'generated' | 'used'): boolean {
  return new RegExp(`^The following (?:previously published )?datasets? (?:was|were) ${how}`, 'i').test(textOf(p))
}

function introduction(paragraphs: readonly Element[], how: 'generated' | 'used'): string | undefined {
  const found = paragraphs.find((p) => introduces(p, how))
  return (
    found &&
    htmlOf({
      ...found,
      children: found.children.filter((node) => !isElement(node, 'related-object', 'element-citation')),
    })
  )
}

function dataSetOf(object: Element, index: number): DataSet | undefined {
  const people = [...descendantsOf(object, ['name', 'string-name', 'collab'], ['name', 'string-name'])].map(authorOf)
  const date = /[12]\d{3}/.exec(textOf(firstBelow(object, 'year')))?.[0]
  const title = htmlOf(childOf(object, 'data-title') ?? childOf(object, 'source'))
  if (people.length === 0 || !date || !title) return undefined
  const doi = textOf(childrenOf(object, 'pub-id', 'object-id').find((id) => attributeOf(id, 'pub-id-type') === 'doi'))
  const accession = childrenOf(object, 'object-id', 'pub-id').find((id) => attributeOf(id, 'pub-id-type') !== 'doi')
  const links = [childOf(object, 'ext-link'), accession, object].map(
    (element) => attributeOf(element, 'xlink:href') ?? '',
  )
  const set: DataSet = {
    id: attributeOf(object, 'id') ?? `dataset${index + 1}`,
    date,
    authors: people,
    title,
    dataId: textOf(accession) || undefined,
    details: htmlOf(childOf(object, 'comment')) || undefined,
    doi: doi || undefined,
    uri: links.map(webAddress).find((address) => address !== undefined),
  }
  return { ...set, remainder: remainderOf(object, set) }
}

function authorOf(element: Element): Person | Group {
  if (element.name === 'collab') return { type: 'group', name: textOf(element) }
  const [surname, given] = [textOf(childOf(element, 'surname')), textOf(childOf(element, 'given-names'))]
  if (!surname && !given) return { type: 'person', name: { preferred: textOf(element), index: textOf(element) } }
  return { type: 'person', name: personName(given, surname) }
}
