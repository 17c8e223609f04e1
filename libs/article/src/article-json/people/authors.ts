import { isAuthor, readContributors, type Contributor } from '../../jats/contributors.ts'
import { metaOf } from '../../jats/article-parts.ts'
import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, descendantsOf, textOf, type Element } from '../../jats/tree.ts'
import type { Paragraph } from '../blocks.ts'
import { biographyOf, nameOf, peopleNotes } from './persons.ts'
import { placeOf, type Group, type Person, type Place } from './people.ts'
import { affiliationsOf, emailsOf, pointedTo, targetsOf, type Targets } from './targets.ts'

/** The common part of persons and groups in the byline. */
interface Byline {
  readonly affiliations?: readonly Place[]
  readonly emailAddresses?: readonly string[]
  readonly contribution?: string | undefined
  readonly competingInterests?: string | undefined
  /** Numbers; those with the same number contributed equally. */
  readonly equalContributionGroups?: readonly number[]
  readonly additionalInformation?: readonly string[]
  readonly biography?: readonly Paragraph[]
}

/** Details of a person that the public API does not know. */
export interface PersonDetails {
  /** The target of links of the text to the person. */
  readonly id?: string | undefined
  readonly otherNames?: readonly string[]
  readonly degrees?: readonly string[]
}

interface Member extends Person, PersonDetails {
  readonly orcid?: string | undefined
  readonly affiliations?: readonly Place[]
  readonly biography?: readonly Paragraph[]
}

export type Author =
  | (Person &
      Byline &
      PersonDetails & {
        orcid?: string | undefined
        role?: string | undefined
        deceased?: boolean | undefined
      })
  | (Group &
      Byline & {
        readonly id?: string | undefined
        readonly people?: readonly Member[]
        /** The member of a group of one, which the public API does not know. Not of the public API. */
        readonly soleMember?: Member | undefined
      })
  | { readonly type: 'on-behalf-of'; readonly onBehalfOf: string }

/**
 * Authors in the byline of an article, or of a sub-article, with what is said of each elsewhere in it.
 *
 * @param linked ids that the text links
 */
export function authorsOf(
  article: Element,
  targets: Targets = targetsOf(article),
  linked: ReadonlySet<string> = new Set(),
): readonly Author[] {
  const contributors = readContributors(metaOf(article))
  return contributors.flatMap((contributor): readonly Author[] => {
    if (contributor.onBehalfOf) return [{ type: 'on-behalf-of', onBehalfOf: contributor.onBehalfOf }]
    if (!isAuthor(contributor)) return []
    const id = contributor.id !== undefined && linked.has(contributor.id) ? contributor.id : undefined
    const byline = { id, ...bylineOf(contributor, targets) }
    if (contributor.collab)
      return [{ type: 'group', name: contributor.collab, ...membersOf(contributor, contributors, targets), ...byline }]
    const name = nameOf(contributor)
    if (!name.preferred) return []
    const { orcid, role, deceased, otherNames, degrees } = contributor
    return [{ type: 'person', name, orcid, role, deceased: deceased || undefined, ...byline, otherNames, degrees }]
  })
}

/** Notes that are given with the authors who point to them, and correspondence whose addresses are. */
export function notesOfAuthors(article: Element, targets: Targets = targetsOf(article)): ReadonlySet<Element> {
  const authors = readContributors(metaOf(article)).filter(isAuthor)
  const notes = authors.flatMap((author) => pointedTo(author, targets, 'fn'))
  const correspondence = authors.flatMap((author) => pointedTo(author, targets, 'corresp'))
  return new Set([
    ...notes.filter((note) => isContribution(note) || isInterest(note) || isFurther(note)),
    ...correspondence,
  ])
}

/** `A, B, C` of up to three; `A, B ... Z` of more. */
export function authorLine(authors: readonly Author[]): string {
  const names = authors.flatMap((author) => {
    if (author.type === 'on-behalf-of') return []
    return author.type === 'group' ? author.name : author.name.preferred
  })
  return names.length <= 3 ? names.join(', ') : `${names[0]}, ${names[1]} ... ${names.at(-1)}`
}

function bylineOf(contributor: Contributor, targets: Targets): Byline {
  const notes = [...pointedTo(contributor, targets, 'fn'), ...contributor.notes]
  const said = (isWanted: (note: Element) => boolean) => notes.filter(isWanted).map(noteText).filter(Boolean).join(' ')
  const correspondence = pointedTo(contributor, targets, 'corresp').flatMap((corresp) =>
    [...descendantsOf(corresp, ['email'])].map(textOf),
  )
  const places = affiliationsOf(contributor, targets)
  const group = equalGroup(contributor, notes)
  const contribution = [contributor.creditRoles.join(', '), said(isContribution)].filter(Boolean).join('; ')
  return {
    affiliations: places.map(placeOf).filter(isNew),
    emailAddresses: [...new Set([...contributor.emails, ...correspondence, ...emailsOf(places)])].filter(isEmail),
    contribution: contribution || undefined,
    competingInterests: said(isInterest) || undefined,
    equalContributionGroups: group === undefined ? [] : [group],
    additionalInformation: [
      ...notes.filter(isFurther).map(furtherText),
      ...contributor.links.map((link) => htmlOf({ ...link, children: [link] })),
    ],
    biography: biographyOf([...contributor.biography, ...pointedTo(contributor, targets, 'bio', 'author-comment')]),
  }
}

function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
}

/** Each affiliation once, though it may be written in the contributor and pointed to as well. */
function isNew(place: Place, index: number, places: readonly Place[]): boolean {
  const text = JSON.stringify(place)
  return places.findIndex((other) => JSON.stringify(other) === text) === index
}

function noteText(note: Element): string {
  return peopleNotes(note)
    .map(({ text }) => text)
    .join(' ')
}

/** The number in an `equal-contrib2` that the author points to; without one all who contributed equally are one group. */
function equalGroup({ equalContribution }: Contributor, notes: readonly Element[]): number | undefined {
  const note = notes.find(tellsEqual)
  const number = Number(/\d+$/.exec(attributeOf(note, 'id') ?? '')?.[0] ?? 1)
  return equalContribution || note !== undefined ? Math.max(number, 1) : undefined
}

/** A note that says who contributed equally. */
function tellsEqual(note: Element): boolean {
  return (attributeOf(note, 'id') ?? '').startsWith('equal-contrib') || typeOf(note) === 'equal'
}

function typeOf(note: Element): string {
  return attributeOf(note, 'fn-type')?.toLowerCase() ?? 'other'
}

function isContribution(note: Element): boolean {
  return typeOf(note) === 'con' && !tellsEqual(note)
}

function isInterest(note: Element): boolean {
  return ['conflict', 'coi-statement'].includes(typeOf(note)) && !tellsEqual(note)
}

function isFurther(note: Element): boolean {
  return !tellsEqual(note) && !isContribution(note) && !isInterest(note) && noteText(note) !== ''
}

function furtherText(note: Element): string {
  return (typeOf(note) === 'present-address' ? 'Present address: ' : '') + noteText(note)
}

/** Members of a group are people when there are two at least: the schema knows no group of one. */
function membersOf(group: Contributor, contributors: readonly Contributor[], targets: Targets) {
  const members = membersOfGroup(group, contributors).map((member): Member => ({
    type: 'person',
    name: nameOf(member),
    orcid: member.orcid,
    affiliations: affiliationsOf(member, targets).map(placeOf),
  }))
  return members.length < 2 ? { soleMember: members[0] } : { people: members }
}

function membersOfGroup(group: Contributor, contributors: readonly Contributor[]): readonly Contributor[] {
  const key = group.groupKey ?? group.id
  return contributors.filter(
    (member) =>
      member.type === 'author non-byline' &&
      nameOf(member).preferred !== '' &&
      member.groupKey !== undefined &&
      member.groupKey === key,
  )
}

/** Members of a group that is in the byline. */
export function isMember(contributor: Contributor, contributors: readonly Contributor[]): boolean {
  return contributors.some(
    (group) => isAuthor(group) && group.collab && membersOfGroup(group, contributors).includes(contributor),
  )
}
