import { htmlOf } from '../../jats/markup.ts'
import { webAddress } from '../../jats/web-address.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, firstBelow, textOf, type Element } from '../../jats/tree.ts'
import type { Paragraph } from '../blocks.ts'
import { personName, type Group, type Person } from '../people/people.ts'
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
}

export interface DataSets {
  readonly availability?: readonly Paragraph[]
  readonly generated?: readonly DataSet[]
  readonly used?: readonly DataSet[]
}

/** Data that the work made or used, and where they are. */
export function dataSetsOf(root: Element): DataSets {
  const back = childOf(root, 'back')
  const sections = [...descendantsOf(back, ['sec'])]
  const availability = sections.find((sec) => attributeOf(sec, 'sec-type') === 'data-availability')
  const words = childrenOf(availability, 'p').filter(
    (p) => !firstBelow(p, 'related-object', 'element-citation') && !introduces(p),
  )
  const objects = [...descendantsOf(back, ['related-object', 'element-citation'], ['ref-list'])]
  const sets = objects.flatMap((object, index) => dataSetOf(object, index))
  return {
    availability: plainParagraphs(words, {}),
    generated: sets.filter(({ used }) => !used).map(({ set }) => set),
    used: sets.filter(({ used }) => used).map(({ set }) => set),
  }
}

/** `The following dataset was generated:` */
function introduces(p: Element): boolean {
  return /^The following (?:previously published )?datasets? (?:was|were) (?:generated|used)/i.test(textOf(p))
}

function dataSetOf(object: Element, index: number): readonly { readonly used: boolean; readonly set: DataSet }[] {
  const people = [...descendantsOf(object, ['name', 'collab'], ['name'])].map(authorOf)
  const date = /[12]\d{3}/.exec(textOf(firstBelow(object, 'year')))?.[0]
  const title = htmlOf(childOf(object, 'data-title') ?? childOf(object, 'source'))
  const kind = attributeOf(object, 'content-type') ?? attributeOf(object, 'specific-use') ?? ''
  if (people.length === 0 || !date || !title) return []
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
  return [{ used: /existing|analyzed|used/.test(kind), set }]
}

function authorOf(element: Element): Person | Group {
  if (element.name === 'collab') return { type: 'group', name: textOf(element) }
  return {
    type: 'person',
    name: personName(textOf(childOf(element, 'given-names')), textOf(childOf(element, 'surname'))),
  }
}
