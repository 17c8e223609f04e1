import { metaOf } from '../../jats/article-parts.ts'
import { wordsIn } from '../../jats/coverage.ts'
import { htmlOf } from '../../jats/markup.ts'
import { webAddress } from '../../jats/web-address.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstOf,
  firstBelow,
  isElement,
  textOf,
  type Element,
} from '../../jats/tree.ts'
import type { Paragraph } from '../blocks.ts'
import { citedName, type Group, type Person } from '../people/people.ts'
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
  /** Parts that the article gives beyond that, with inline HTML. Not of the public API. */
  readonly remainder?: readonly string[] | undefined
}

export interface DataSets {
  readonly availability?: readonly Paragraph[]
  readonly generated?: readonly DataSet[]
  readonly used?: readonly DataSet[]
  /** The heading where it is not "Data availability". Not of the public API. */
  readonly title?: string | undefined
  /** The sentences that introduce the lists. Not of the public API. */
  readonly introductions?: { readonly generated?: string | undefined; readonly used?: string | undefined }
}

/** Tells if an element says where data are. One that shows figures, tables or media is a section like any other. */
export function isAvailability(element: Element): boolean {
  if (element.name !== 'sec' || !/^data-?availability/i.test(attributeOf(element, 'sec-type') ?? '')) return false
  return firstOf(element, ['fig', 'table-wrap', 'media'], ['supplementary-material']) === undefined
}

/** Data that the work made or used, and where they are. */
export function dataSetsOf(article: Element): DataSets {
  const { availability, sets, introductions, told } = readDataSets(article)
  const headings = [childOf(availability, 'label'), childOf(availability, 'title')].map((heading) => htmlOf(heading))
  const hasText = sets.length > 0 || paragraphsIn(availability).some((p) => textOf(p) !== '')
  const title = hasText ? headings.filter(Boolean).join(' ') : ''
  const paragraphs = [...paragraphsIn(availability), ...statementsIn(metaOf(article))]
  return {
    availability: plainParagraphs(
      paragraphs.filter((p) => !told.has(p)),
      {},
    ),
    generated: sets.filter(({ used }) => !used).map(({ set }) => set),
    used: sets.filter(({ used }) => used).map(({ set }) => set),
    title: /^data availability[.:]?$/i.test(title) ? undefined : title || undefined,
    introductions,
  }
}

/** Elements of the back matter whose every word is in the list of data sets. */
export function toldAsDataSets(article: Element): ReadonlySet<Element> {
  return readDataSets(article).told
}

const objectNames = ['related-object', 'element-citation']

/** Reads the data sets of the back matter, wherever they stand in it, with the sentences that introduce them. */
function readDataSets(article: Element) {
  const back = childOf(article, 'back')
  const availability = [...descendantsOf(back, ['sec'])].find(isAvailability)
  const objects = [...descendantsOf(back, objectNames, ['ref-list', 'related-object'])]
  const read = new Map(
    objects.flatMap((object, index) => {
      const set = dataSetOf(object, index)
      return set ? [[object, set] as const] : []
    }),
  )
  const told = new Set<Element>(read.keys())
  const introductions: { generated?: string; used?: string } = {}
  const introducing = new Map<Element, 'used' | 'generated'>()
  const afterUsed = new Set<Element>()
  let isAfterUsed = false
  for (const p of descendantsOf(back, ['p', ...objectNames], ['ref-list', 'related-object', 'element-citation'])) {
    const how = (['used', 'generated'] as const).find((kind) => read.size > 0 && introduces(p, kind))
    if (how) {
      isAfterUsed = how === 'used'
      introductions[how] ??= htmlOf({ ...p, children: p.children.filter((node) => !isElement(node, ...objectNames)) })
      told.add(p)
      introducing.set(p, how)
    }
    const within = p.name === 'p' ? [...descendantsOf(p, objectNames)] : [p]
    if (isAfterUsed) for (const object of within) afterUsed.add(object)
    const rest = p.children.filter((node) => !isElement(node, ...objectNames))
    const isOnlyObjects = within.length > 0 && wordsIn(rest.map(textOf).join(' ')).length === 0
    if (isOnlyObjects && within.every((object) => read.has(object))) told.add(p)
  }
  // The sentence before them says it for readers; the attribute is often left as the typesetter's template had it.
  const sets = [...read].map(([object, set]) => ({ set, used: afterUsed.has(object) || isUsed(object) === true }))
  // A sentence that introduces no list of ours is text like any other.
  for (const [p, how] of introducing) {
    if (sets.some(({ used }) => used === (how === 'used'))) continue
    told.delete(p)
    delete introductions[how]
  }
  return { availability, sets, introductions, told }
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
  const groups = childrenOf(meta, 'custom-meta-group', 'custom-meta-wrap')
  const metas = groups.flatMap((group) => [...descendantsOf(group, ['custom-meta'])])
  return metas.flatMap((custom) =>
    /^data availability/i.test(textOf(childOf(custom, 'meta-name'))) ? childrenOf(custom, 'meta-value') : [],
  )
}

/** Tells if a data set was there before the work, as far as its element tells. */
function isUsed(object: Element): boolean | undefined {
  const kind = attributeOf(object, 'content-type') ?? attributeOf(object, 'specific-use')
  if (kind === undefined) return undefined
  return /existing|analyzed|used/.test(kind)
}

/** `The following dataset was generated:` */
function introduces(p: Element, how: 'generated' | 'used'): boolean {
  return new RegExp(`^The following (?:previously published )?datasets? (?:was|were) ${how}`, 'i').test(textOf(p))
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
  return { type: 'person', name: citedName(given, surname) }
}
