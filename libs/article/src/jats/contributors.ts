import { affiliationsIn, readAffiliation, sharedAffiliations, type Affiliation } from './affiliations.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  isElement,
  textOf,
  wordsOf,
  type Element,
  type Node,
} from './tree.ts'

/** Somebody, or a group, who had a part in the article. */
export interface Contributor {
  /** `author`, `author non-byline` (a member of a group), `editor`, `senior_editor`, `reviewer`... as the XML says it. */
  readonly type: string
  readonly id: string | undefined
  /** A person has a surname or a name in one piece, a group is a `collab`, and an article may be `onBehalfOf` somebody. */
  readonly surname: string | undefined
  readonly givenNames: string | undefined
  readonly prefix: string | undefined
  readonly suffix: string | undefined
  /** A name whose parts are not marked; `Anonymous` for somebody whose name is withheld. */
  readonly wholeName: string | undefined
  /** The same name in other scripts and forms. */
  readonly otherNames: readonly string[]
  readonly collab: string | undefined
  readonly onBehalfOf: string | undefined
  /** Ties members to their group. */
  readonly groupKey: string | undefined
  /** Sixteen characters in four groups, without address. */
  readonly orcid: string | undefined
  /** True where the XML says that somebody signed in to ORCID with it. */
  readonly orcidAuthenticated: boolean
  readonly role: string | undefined
  /** Roles of the CRediT taxonomy: what somebody did. */
  readonly creditRoles: readonly string[]
  readonly degrees: readonly string[]
  readonly biography: readonly Element[]
  /** Notes that stand with the contributor. */
  readonly notes: readonly Element[]
  /** Addresses on the web. */
  readonly links: readonly Element[]
  readonly emails: readonly string[]
  readonly corresponding: boolean
  readonly equalContribution: boolean
  readonly deceased: boolean
  /** Those written within the contributor, or shared by a group that points to none. */
  readonly affiliations: readonly Affiliation[]
  /** Things that it points to elsewhere: affiliations, foot-notes, awards... */
  readonly references: readonly { readonly type: string; readonly id: string }[]
}

/** All contributors of `contrib-group` elements below an element, in order, members after their group. */
export function readContributors(parent: Element | undefined): readonly Contributor[] {
  return childrenOf(parent, 'contrib-group').flatMap((group) => readGroup(group, parent))
}

function readGroup(group: Element, around: Element | undefined): readonly Contributor[] {
  const found = childrenOf(group, 'contrib', 'on-behalf-of', 'contrib-group').flatMap((element) => {
    if (element.name === 'contrib-group') return readGroup(element, group)
    return element.name === 'contrib' ? readContrib(element, group) : [onBehalfOf(element)]
  })
  const shared = sharedAffiliations(group, around)
  if (shared.length === 0 || found.some(pointsToAffiliation)) return found
  // Around a group stand the affiliations of all groups: they are its own only where it is the only one.
  if (!childOf(group, 'aff') && !childOf(group, 'aff-alternatives') && childrenOf(around, 'contrib-group').length > 1)
    return found
  const affiliations = shared.map(readAffiliation)
  return found.map((contributor) =>
    contributor.affiliations.length > 0 || contributor.onBehalfOf || contributor.type === 'author non-byline'
      ? contributor
      : { ...contributor, affiliations },
  )
}

function pointsToAffiliation({ references, affiliations }: Contributor): boolean {
  return affiliations.length > 0 || references.some(({ type }) => type === 'aff')
}

/** `Given Surname Suffix` of a person, the name of a group. */
export function displayName(contributor: Contributor): string {
  const { prefix, givenNames, surname, suffix, wholeName, collab, onBehalfOf: on } = contributor
  return collab ?? on ?? wholeName ?? [prefix, givenNames, surname, suffix].filter(Boolean).join(' ')
}

/** Tells if a contributor stands in the byline: an author, by whatever word the XML says it. */
export function isAuthor({ type, onBehalfOf: on }: Contributor): boolean {
  return on === undefined && /^(?:authors?|person|group|collab(?:oration)?|corresp(?:onding)?|contributor)$/i.test(type)
}

const nobody: Contributor = {
  type: 'author',
  id: undefined,
  surname: undefined,
  givenNames: undefined,
  prefix: undefined,
  suffix: undefined,
  wholeName: undefined,
  otherNames: [],
  collab: undefined,
  onBehalfOf: undefined,
  groupKey: undefined,
  orcid: undefined,
  orcidAuthenticated: false,
  role: undefined,
  creditRoles: [],
  degrees: [],
  biography: [],
  notes: [],
  links: [],
  emails: [],
  corresponding: false,
  equalContribution: false,
  deceased: false,
  affiliations: [],
  references: [],
}

function readContrib(contrib: Element, group: Element): readonly Contributor[] {
  const collab =
    childOf(contrib, 'collab') ?? childOf(contrib, 'collab-alternatives', 'collab') ?? childOf(contrib, 'collab-wrap')
  const affiliations = [...affiliationsIn(contrib), ...addressesIn(contrib)].map(readAffiliation)
  const roles = childrenOf(contrib, 'role').filter((role) => textOf(role) !== '')
  const pointers = [...childrenOf(contrib, 'xref'), ...descendantsOf(collab, ['xref'], ['contrib-group', 'contrib'])]
  const person: Contributor = {
    ...nobody,
    ...nameOf(contrib),
    type: attributeOf(contrib, 'contrib-type') ?? typeOfGroup(group),
    id: attributeOf(contrib, 'id'),
    collab: collab && wordsOf({ ...collab, children: collab.children.filter(isNameOfGroup) }),
    groupKey: idOf(contrib, 'group-author-key'),
    orcidAuthenticated: attributeOf(contribId(contrib, 'orcid'), 'authenticated') === 'true',
    orcid: /[\dX]{4}(?:-[\dX]{4}){3}$/i.exec(idOf(contrib, 'orcid') ?? '')?.[0].toUpperCase(),
    role:
      roles
        .filter((role) => !isCredit(role))
        .map(textOf)
        .join('; ') || wordsOf(childOf(group, 'role')),
    creditRoles: roles.filter(isCredit).map(textOf),
    degrees: childrenOf(contrib, 'degrees').map(textOf).filter(Boolean),
    biography: childrenOf(contrib, 'bio', 'author-comment', 'p'),
    notes: childrenOf(contrib, 'fn'),
    links: [...childrenOf(contrib, 'uri', 'ext-link'), ...childrenOf(childOf(contrib, 'address'), 'uri', 'ext-link')],
    emails: [
      ...[...childrenOf(contrib, 'email'), ...childrenOf(childOf(contrib, 'address'), 'email')].map(textOf),
      ...[...descendantsOf(collab, ['email'], ['contrib-group', 'contrib'])].map(textOf),
      ...affiliations.flatMap(({ emails }) => emails),
    ],
    corresponding: attributeOf(contrib, 'corresp') === 'yes',
    equalContribution: attributeOf(contrib, 'equal-contrib') === 'yes',
    deceased: attributeOf(contrib, 'deceased') === 'yes',
    affiliations,
    references: pointers.flatMap((xref) =>
      (attributeOf(xref, 'rid') ?? '')
        .split(/\s+/)
        .filter(Boolean)
        .map((id) => ({ type: attributeOf(xref, 'ref-type') ?? 'other', id })),
    ),
  }
  const groupKey = person.groupKey ?? person.id ?? person.collab
  const members = [...membersIn(collab), ...(collab ? membersIn(contrib) : [])].map((member) => ({
    ...member,
    type: 'author non-byline',
    groupKey,
  }))
  const named = nameOf(contrib)
  // Somebody who stands for a group: both are in the byline.
  const whole =
    collab && (named.surname ?? named.givenNames ?? named.wholeName) ? [{ ...person, collab: undefined }] : []
  const team: Contributor = whole.length > 0 ? { ...nobody, type: person.type, collab: person.collab } : person
  return [
    ...whole,
    members.length > 0 && !team.groupKey && !team.id ? { ...team, groupKey } : team,
    ...members,
    ...childrenOf(contrib, 'on-behalf-of').map(onBehalfOf),
  ]
}

/** Postal addresses of somebody, which are places as affiliations are. */
function addressesIn(contrib: Element): readonly Element[] {
  const addresses = childrenOf(contrib, 'address').map((address) => ({
    ...address,
    children: address.children.filter((node) => !isElement(node, 'email', 'uri', 'ext-link')),
  }))
  return addresses.filter((address) => textOf(address) !== '')
}

function membersIn(element: Element | undefined): readonly Contributor[] {
  const loose = childrenOf(element, 'contrib').flatMap((contrib) => readContrib(contrib, contrib))
  return [...childrenOf(element, 'contrib-group').flatMap((group) => readGroup(group, undefined)), ...loose]
}

function onBehalfOf(element: Element): Contributor {
  return { ...nobody, type: 'on-behalf-of', onBehalfOf: textOf(element) }
}

/** The first form of a name is the name, in parts or whole; others go beside it. */
function nameOf(contrib: Element): Partial<Contributor> {
  const alternatives = childOf(contrib, 'name-alternatives')
  const names = [...childrenOf(contrib, 'name', 'string-name'), ...childrenOf(alternatives, 'name', 'string-name')]
  const [name, ...others] = names.filter((element) => textOf(element) !== '')
  if (!name)
    return childOf(contrib, 'anonymous') ? { wholeName: textOf(childOf(contrib, 'anonymous')) || 'Anonymous' } : {}
  const part = (key: string) => childrenOf(name, key).map(textOf).filter(Boolean).join(' ') || undefined
  const surname = part('surname')
  const givenNames = part('given-names')
  const hasParts = surname !== undefined || givenNames !== undefined
  return {
    ...(hasParts
      ? { surname, givenNames, prefix: part('prefix'), suffix: part('suffix') }
      : { wholeName: textOf(name) }),
    otherNames: others.map(nameInOnePiece),
  }
}

function nameInOnePiece(name: Element): string {
  if (name.name === 'string-name') return textOf(name)
  const order = attributeOf(name, 'name-style') === 'eastern' ? ['surname', 'given-names'] : ['given-names', 'surname']
  return ['prefix', ...order, 'suffix'].flatMap((key) => wordsOf(childOf(name, key)) ?? []).join(' ')
}

function typeOfGroup(group: Element): string {
  const type = attributeOf(group, 'content-type') ?? ''
  return /editor|reviewer|translator/i.exec(type)?.[0].toLowerCase() ?? 'author'
}

function isCredit(role: Element): boolean {
  const marks = ['vocab', 'vocab-identifier', 'vocab-term-identifier', 'content-type', 'specific-use'].map((key) =>
    attributeOf(role, key),
  )
  return marks.some((mark) => /credit|casrai/i.test(mark ?? ''))
}

function idOf(contrib: Element, type: string): string | undefined {
  return wordsOf(contribId(contrib, type))
}

function contribId(contrib: Element, type: string): Element | undefined {
  return childrenOf(contrib, 'contrib-id').find((id) => attributeOf(id, 'contrib-id-type') === type)
}

function isNameOfGroup(node: Node): boolean {
  return !isElement(node, 'contrib-group', 'contrib', 'xref', 'email', 'aff')
}
