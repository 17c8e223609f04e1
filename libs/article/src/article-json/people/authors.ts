import { readAffiliation, type Affiliation } from '../../jats/affiliations.ts'
import { readContributors, type Contributor } from '../../jats/contributors.ts'
import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, textOf, type Element } from '../../jats/tree.ts'
import { personName, placeOf, type Group, type Person, type PersonName, type Place } from './people.ts'

/** What persons and groups have in common in the byline. */
interface Byline {
  readonly affiliations?: readonly Place[]
  readonly emailAddresses?: readonly string[]
  readonly contribution?: string | undefined
  readonly competingInterests?: string | undefined
  /** Numbers; those with the same number contributed equally. */
  readonly equalContributionGroups?: readonly number[]
  readonly additionalInformation?: readonly string[]
}

export type Author =
  | (Person & Byline & { orcid?: string | undefined; role?: string | undefined; deceased?: boolean | undefined })
  | (Group & Byline & { readonly people?: readonly { name: PersonName; orcid?: string | undefined }[] })
  | { readonly type: 'on-behalf-of'; readonly onBehalfOf: string }

export interface Reviewer extends Person {
  readonly orcid?: string | undefined
  readonly role: string
  readonly affiliations?: readonly Place[]
}

type Targets = ReadonlyMap<string, Element>

/** Authors in the byline, with what is said of each elsewhere in the article. */
export function authorsOf(root: Element): readonly Author[] {
  const contributors = readContributors(childOf(root, 'front', 'article-meta'))
  const targets: Targets = new Map(
    [...descendantsOf(root, ['aff', 'corresp', 'fn'], ['body', 'sub-article', 'ref-list'])].flatMap((element) => {
      const id = attributeOf(element, 'id')
      return id ? [[id, element] as const] : []
    }),
  )
  return contributors.flatMap((contributor): readonly Author[] => {
    if (contributor.onBehalfOf) return [{ type: 'on-behalf-of', onBehalfOf: contributor.onBehalfOf }]
    if (contributor.type !== 'author') return []
    const byline = bylineOf(contributor, targets)
    if (contributor.collab)
      return [{ type: 'group', name: contributor.collab, ...membersOf(contributor, contributors), ...byline }]
    if (!contributor.surname && !contributor.givenNames) return []
    const { orcid, role, deceased } = contributor
    return [{ type: 'person', name: nameOf(contributor), orcid, role, deceased: deceased || undefined, ...byline }]
  })
}

/** `A, B, C` of up to three; `A, B ... Z` of more. */
export function authorLine(authors: readonly Author[]): string {
  const names = authors.flatMap((author) => {
    if (author.type === 'on-behalf-of') return []
    return author.type === 'group' ? author.name : author.name.preferred
  })
  return names.length <= 3 ? names.join(', ') : `${names[0]}, ${names[1]} ... ${names.at(-1)}`
}

/** Editors and reviewers, of the article and of its decision letter, each once. */
export function reviewersOf(root: Element): readonly Reviewer[] {
  const letters = childrenOf(root, 'sub-article').map((letter) => childOf(letter, 'front-stub'))
  const everybody = [childOf(root, 'front', 'article-meta'), ...letters].flatMap(readContributors)
  const reviewers = everybody.filter(({ type, surname }) => /editor|reviewer/.test(type) && surname)
  const byName = new Map(reviewers.toReversed().map((reviewer) => [nameOf(reviewer).index, reviewer]))
  return [...byName.values()].toReversed().map((reviewer) => ({
    type: 'person',
    name: nameOf(reviewer),
    orcid: reviewer.orcid,
    role: capitalised(reviewer.role ?? reviewer.type.replaceAll('_', ' ')),
    affiliations: reviewer.affiliations.map(placeOf),
  }))
}

function bylineOf(contributor: Contributor, targets: Targets): Byline {
  const pointedTo = contributor.references.flatMap(({ id }) => targets.get(id) ?? [])
  const named = (name: string) => pointedTo.filter((element) => element.name === name)
  const notes = named('fn')
  const ofType = (...types: readonly string[]) =>
    notes
      .filter((note) => types.includes(attributeOf(note, 'fn-type') ?? '') && !tellsEqual(note))
      .map(noteText)
      .join(' ') || undefined
  const affiliations: readonly Affiliation[] = [...contributor.affiliations, ...named('aff').map(readAffiliation)]
  const correspondence = named('corresp').flatMap((corresp) => [...descendantsOf(corresp, ['email'])].map(textOf))
  const group = equalGroup(contributor, notes)
  return {
    affiliations: affiliations.map(placeOf).filter(isNew),
    emailAddresses: [...new Set([...contributor.emails, ...correspondence])].filter((email) =>
      /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email),
    ),
    contribution: ofType('con'),
    competingInterests: competing(ofType('conflict', 'COI-statement')),
    equalContributionGroups: group === undefined ? [] : [group],
    additionalInformation: notes.filter(isFurther).map(furtherText),
  }
}

/** Each affiliation once, though it may be written in the contributor and pointed to as well. */
function isNew(place: Place, index: number, places: readonly Place[]): boolean {
  const text = JSON.stringify(place)
  return places.findIndex((other) => JSON.stringify(other) === text) === index
}

function noteText(note: Element): string {
  return childrenOf(note, 'p')
    .map((p) => htmlOf(p))
    .join(' ')
}

/** Declarations that there is nothing to declare come in many wordings and are given in one. */
function competing(text: string | undefined): string | undefined {
  return text?.replace(
    /^The (?:other )?authors? (?:have )?declare[sd]? that no competing interests exist\.?$/i,
    'No competing interests declared.',
  )
}

/** The number in an `equal-contrib2` that the author points to; without one all who contributed equally are one group. */
function equalGroup({ equalContribution }: Contributor, notes: readonly Element[]): number | undefined {
  const note = notes.find(tellsEqual)
  const number = Number(/\d+$/.exec(attributeOf(note, 'id') ?? '')?.[0] ?? 1)
  return equalContribution || note !== undefined ? number : undefined
}

/** A note that says who contributed equally, whatever its type. */
function tellsEqual(note: Element): boolean {
  return (attributeOf(note, 'id') ?? '').startsWith('equal-contrib')
}

function isFurther(note: Element): boolean {
  const type = attributeOf(note, 'fn-type') ?? 'other'
  return !tellsEqual(note) && ['present-address', 'other', 'deceased', 'fn'].includes(type) && noteText(note) !== ''
}

function furtherText(note: Element): string {
  return (attributeOf(note, 'fn-type') === 'present-address' ? 'Present address: ' : '') + noteText(note)
}

/** Members of a group are listed when there are two at least: the schema knows no group of one. */
function membersOf(group: Contributor, contributors: readonly Contributor[]) {
  const members = contributors.filter(
    ({ type, groupKey, surname }) =>
      type === 'author non-byline' && surname && groupKey !== undefined && groupKey === (group.groupKey ?? group.id),
  )
  if (members.length < 2) return {}
  return {
    people: members.map((member) => ({
      type: 'person',
      name: nameOf(member),
      orcid: member.orcid,
      affiliations: member.affiliations.map(placeOf),
    })),
  }
}

function nameOf({ givenNames, surname, suffix }: Contributor): PersonName {
  return personName(givenNames, surname, suffix)
}

/** `Reviewing Editor` of `Reviewing editor`. */
function capitalised(role: string): string {
  return role.replaceAll(/(?<=^|\s)[a-z]/g, (letter) => letter.toUpperCase())
}
