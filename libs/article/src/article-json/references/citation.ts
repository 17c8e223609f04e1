import { publicationType } from './citations-of.ts'
import { isDoi } from '../../jats/doi.ts'
import { htmlOf } from '../../jats/markup.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstBelow,
  firstByName,
  textOf,
  type Element,
} from '../../jats/tree.ts'
import { doiAddress, webAddress } from '../../jats/web-address.ts'
import { citedName, type Place } from '../people/people.ts'
import type { Pages, ReferenceAuthor } from './reference.ts'

/** The parts of a citation, as far as it has them, in the form that references use. */
export type Citation = ReturnType<typeof readCitation>

/** Reads an `element-citation` or `mixed-citation`. */
export function readCitation(citation: Element) {
  const first = firstByName(citation)
  const words = (...names: readonly string[]) => {
    for (const name of names) {
      const found = htmlOf(first.get(name))
      if (found) return found
    }
    return undefined
  }
  const ids = descendantsOf(citation, ['pub-id'])
  const idOf = (type: string) => textOf(ids.find((id) => attributeOf(id, 'pub-id-type') === type)) || undefined
  const doi = idOf('doi')?.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '')
  const validDoi = doi && isDoi(doi) ? doi : undefined
  const link = firstBelow(citation, 'ext-link', 'uri')
  const pmid = Number(idOf('pmid'))
  const isbn = textOf(first.get('isbn')) || idOf('isbn')
  return {
    kind: publicationType(citation) ?? 'other',
    authors: peopleOf(citation, ['author', 'collaborator', 'sponsor', 'inventor', undefined]),
    authorsEtAl: hasEtAl(citation, 'author') || undefined,
    authorsType: groupsOf(citation, ['sponsor']).length > 0 ? ('sponsors' as const) : ('authors' as const),
    editors: peopleOf(citation, ['editor']),
    editorsEtAl: hasEtAl(citation, 'editor') || undefined,
    articleTitle: words('article-title'),
    chapterTitle: words('chapter-title', 'part-title'),
    dataTitle: words('data-title'),
    source: words('source'),
    volume: words('volume'),
    issue: words('issue'),
    edition: words('edition'),
    version: words('version'),
    comment: words('comment'),
    conference: words('conf-name'),
    publisher: placeOf(words('publisher-name'), words('publisher-loc')),
    patent: words('patent'),
    country: attributeOf(first.get('patent'), 'country') ?? words('country'),
    pages: pagesOf(first, firstBelow(citation, 'elocation-id', 'page-range')),
    accession: idOf('accession') ?? idOf('archive'),
    specificUse: attributeOf(citation, 'specific-use'),
    accessed: dayOf(first.get('date-in-citation')),
    doi: validDoi,
    uri: webAddress(attributeOf(link, 'xlink:href') ?? textOf(link)) ?? (validDoi && doiAddress(validDoi)),
    pmid: Number.isInteger(pmid) && pmid > 0 ? pmid : undefined,
    isbn:
      isbn && /^(?:97[89][- ]?)?(?:\d[- ]?){9}[\dX]$/i.test(isbn)
        ? isbn.replaceAll(/[- ]/g, '').toUpperCase()
        : undefined,
  }
}

/** Year and the letter after it: `2007` and `a`. */
export function dateOf(citation: Element): { year: string; letter: string | undefined } | undefined {
  const year = firstBelow(citation, 'year')
  const written =
    /^\D*([12]\d{3})([a-z])?/i.exec(textOf(year)) ?? /^([12]\d{3})/.exec(attributeOf(year, 'iso-8601-date') ?? '')
  return written?.[1] ? { year: written[1], letter: written[2]?.toLowerCase() } : undefined
}

function groupsOf(citation: Element, types: readonly (string | undefined)[]): readonly Element[] {
  const groups = [...descendantsOf(citation, ['person-group'])]
  return groups.filter((group) => types.includes(attributeOf(group, 'person-group-type')))
}

function peopleOf(citation: Element, types: readonly (string | undefined)[]): readonly ReferenceAuthor[] {
  const groups = groupsOf(citation, types)
  const loose = types.includes(undefined) ? [citation] : []
  return [...groups, ...loose].flatMap((group) => childrenOf(group, 'name', 'string-name', 'collab')).flatMap(authorOf)
}

function authorOf(element: Element): readonly ReferenceAuthor[] {
  const surname = textOf(childOf(element, 'surname'))
  const given = textOf(childOf(element, 'given-names'))
  const name = textOf(element)
  if (surname || given) return [{ type: 'person', name: citedName(given, surname, textOf(childOf(element, 'suffix'))) }]
  if (element.name === 'string-name') return name ? [{ type: 'person', name: { preferred: name, index: name } }] : []
  return name ? [{ type: 'group', name }] : []
}

function hasEtAl(citation: Element, type: string): boolean {
  const groups = [...groupsOf(citation, [type]), ...(type === 'author' ? [citation] : [])]
  return groups.some((group) => childOf(group, 'etal') !== undefined)
}

function pagesOf(parts: ReadonlyMap<string, Element>, number: Element | undefined): Pages | undefined {
  const first = textOf(parts.get('fpage'))
  const last = textOf(parts.get('lpage'))
  const isPage = (page: string) => /^[A-Za-z0-9.]+$/.test(page)
  if (isPage(first) && isPage(last)) return { first, last, range: first === last ? first : `${first}–${last}` }
  const written = [first, last].filter(Boolean).join('–')
  const inPress = /^in press$/i.test(textOf(parts.get('comment'))) ? 'In press' : undefined
  return written || textOf(number) || inPress
}

function placeOf(name: string | undefined, location: string | undefined): Place | undefined {
  if (!name) return undefined
  return {
    name: [name],
    address: location ? { formatted: [location], components: { locality: [location] } } : undefined,
  }
}

function dayOf(date: Element | undefined): string | undefined {
  const day = attributeOf(date, 'iso-8601-date') ?? textOf(date)
  return /^[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/.exec(day)?.[0]
}
