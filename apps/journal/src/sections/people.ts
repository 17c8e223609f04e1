import { entriesOf, Person, Place } from '../article/article.ts'
import { plainText } from '../markup/sanitise.ts'
import { when, html, id, nothing, type Html } from '../markup/html.ts'

export function nameOf(person: Person): string {
  const { name, onBehalfOf = '' } = person
  return plainText(typeof name === 'object' ? name.preferred : (name ?? onBehalfOf))
}

/** `Hirano A`, as references and citations have it. */
export function citedNameOf(person: Person): string {
  const [surname, given] = typeof person.name === 'object' ? (person.name.index ?? '').split(', ') : []
  return surname && given ? `${plainText(surname)} ${initials(given)}` : nameOf(person)
}

/** `Hirano Arisa III`, as references have it: what the article gives of a name is not shortened. */
export function referenceNameOf(person: Person): string {
  const index = typeof person.name === 'object' ? person.name.index : undefined
  return index ? plainText(index.replaceAll(', ', ' ')) : nameOf(person)
}

/** `YH` of `Ying-Hui`; what is initials already, `HJ` or `H-J`, stays. */
function initials(given: string): string {
  if (!/\p{Ll}/u.test(given)) return given.replaceAll(/[\s.]/g, '')
  return given
    .split(/[\s-]+/)
    .map((name) => name.charAt(0).toUpperCase())
    .join('')
}

export function roleOf({ role }: Person): string | undefined {
  return typeof role === 'object' ? role.label : role
}

/** An author with the numbers of the affiliations that follow the names. */
interface Author {
  person: Person
  numbers: number[]
}

/**
 * Returns the key under which the articles of an author are listed: the ORCID, else the name as an index has it, `Hirano, Arisa`.
 */
export function authorKey({ orcid, name, type }: Person): string | undefined {
  const known = /[\dX-]{19}$/.exec(orcid ?? '')?.[0]
  if (known) return known
  if (typeof name === 'object') return name.index ? plainText(name.index) : undefined
  return type === 'group' && name ? plainText(name) : undefined
}

export function authorPath(key: string): string {
  return `/authors/${encodeURIComponent(key)}`
}

/**
 * The names of all authors, and where they work; each place is said once.
 *
 * @param options.further places that belong to no author
 * @param options.isLinked true if each name leads to the author's other articles
 */
export function byline(authors: unknown, options: { further?: unknown; isLinked?: boolean } = {}): Html {
  const { further, isLinked = false } = options
  const people = entriesOf(Person, authors)
  const places: string[] = []
  const numbered = people.map((person): Author => {
    const own = (person.affiliations ?? []).map(placeOf).filter(Boolean)
    for (const place of own) if (!places.includes(place)) places.push(place)
    return { person, numbers: own.map((place) => places.indexOf(place) + 1) }
  })
  const elsewhere = affiliations(entriesOf(Place, further).map(placeOf))
  if (numbered.length === 0) return elsewhere
  return html`<ul class="authors" aria-label="Authors">
      ${numbered.map((author) => html`<li${id(author.person.id)}>${authorEntry(author, { areNumbered: places.length > 1, isLinked })}</li>`)}
    </ul>
    ${affiliations(places)} ${elsewhere}`
}

function authorEntry(
  { person, numbers }: Author,
  { areNumbered, isLinked }: { areNumbered: boolean; isLinked: boolean },
): Html {
  const { orcid, otherNames = [], degrees = [], emailAddresses = [] } = person
  const key = isLinked ? authorKey(person) : undefined
  const name = key === undefined ? html`${nameOf(person)}` : html`<a href="${authorPath(key)}">${nameOf(person)}</a>`
  const others = otherNames.length > 0 ? ` (${otherNames.join(', ')})` : ''
  return html`${name}${[others, ...degrees].join(', ')}${
    areNumbered && numbers.length > 0
      ? html`<sup><span class="hidden">, affiliation </span>${numbers.join(', ')}</sup>`
      : nothing
  }${when(
    orcid && /^[\dX-]{19}$/.test(orcid) ? orcid : undefined,
    (known) =>
      html` <a class="mark orcid" href="https://orcid.org/${known}" aria-label="ORCID iD of ${nameOf(person)}">iD</a>`,
  )}${emailAddresses.map(
    (address) =>
      html` <a class="mark email" href="mailto:${address}" title="${address}"
        ><span class="hidden">Write to ${nameOf(person)}, ${address}</span>@</a
      >`,
  )}`
}

/** Many places are folded away; they are in the page, for search and print. */
function affiliations(places: readonly string[]): Html {
  if (places.length === 0) return nothing
  const list = html`<ol class="affiliations">
    ${places.map((place) => html`<li>${place}</li>`)}
  </ol>`
  if (places.length === 1) return html`<p class="affiliations">${places[0]}</p>`
  if (places.length <= 3) return list
  return html`<details class="fold">
    <summary>${places.length} affiliations</summary>
    ${list}
  </details>`
}

/** `Department of Neurology, University of California, San Francisco, United States` */
export function placeOf(affiliation: Place): string {
  return plainText([...(affiliation.name ?? []), ...(affiliation.address?.formatted ?? [])].join(', '))
}
