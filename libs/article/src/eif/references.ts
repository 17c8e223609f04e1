import { readAffiliation, type Affiliation } from '../jats/affiliations.ts'
import type { ArticleXml } from '../jats/reading/parse.ts'
import { jatsOf } from '../jats/markup.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstBelow,
  textOf,
  wordsOf,
  type Element,
} from '../jats/tree.ts'
import type { EifAffiliation, EifReferenceKind } from './eif.ts'

/** Everything that contributors can point to, by its id. */
export type EifReferences = ReadonlyMap<string, { readonly kind: EifReferenceKind; readonly value: unknown }>

const kindOfFootnote: Readonly<Record<string, EifReferenceKind>> = {
  con: 'contribution',
  conflict: 'competing-interest',
  'COI-statement': 'competing-interest',
  'present-address': 'present-address',
}

/** Reads affiliations, correspondence, foot-notes and awards of an article. */
export function eifReferences({ root }: ArticleXml): EifReferences {
  const front = childOf(root, 'front')
  const back = childOf(root, 'back')
  return new Map([
    ...within(front, 'aff', (aff) => ['affiliation', eifAffiliation(readAffiliation(aff))] as const),
    ...within(front, 'corresp', (corresp) => ['email', emailOf(corresp)] as const),
    ...within(front, 'award-group', (award) => ['funding', fundingOf(award)] as const),
    ...within(front, 'fn', footnote),
    ...within(back, 'fn', footnote),
  ])
}

/** An affiliation as the EIF writes it: several departments or institutions become one text. */
export function eifAffiliation(affiliation: Affiliation): EifAffiliation {
  const { departments, institutions, city, country, emails, text } = affiliation
  const marked = departments.length + institutions.length > 0 || city || country
  return {
    dept: departments.join(', ') || undefined,
    institution: (marked ? institutions.join(', ') : text) || undefined,
    city,
    country,
    email: emails[0],
  }
}

function* within(
  parent: Element | undefined,
  name: string,
  read: (element: Element) => readonly [EifReferenceKind, unknown],
): Generator<[string, { kind: EifReferenceKind; value: unknown }]> {
  for (const element of descendantsOf(parent, [name], ['table-wrap-foot'])) {
    const id = attributeOf(element, 'id')
    if (!id) continue
    const [kind, value] = read(element)
    yield [id, { kind, value }]
  }
}

/** Readers of the EIF take an address or nothing: a telephone number, or two addresses in one, is nothing. */
function emailOf(corresp: Element): string {
  const email = textOf(firstBelow(corresp, 'email'))
  return /^[^\s@,;]+@[^\s@,;]+$/.test(email) ? email : ''
}

function footnote(fn: Element): readonly [EifReferenceKind, unknown] {
  const type = attributeOf(fn, 'fn-type') ?? 'other'
  const id = attributeOf(fn, 'id') ?? ''
  const value = childrenOf(fn, 'p').map(jatsOf).join(' ')
  if (id.startsWith('equal-contrib')) return ['equal-contrib', value]
  const kind = kindOfFootnote[type] ?? 'foot-note'
  return [kind, kind === 'foot-note' ? { type, value } : value]
}

function fundingOf(award: Element) {
  const source = childOf(award, 'funding-source')
  const id = firstBelow(source, 'institution-id')
  return {
    id: wordsOf(id),
    'id-type': attributeOf(id, 'institution-id-type'),
    institution: textOf(firstBelow(source, 'institution')) || textOf(source),
    'award-id': wordsOf(childOf(award, 'award-id')),
  }
}
