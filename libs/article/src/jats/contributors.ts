import { readAffiliation, type Affiliation } from './affiliations.ts'
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
  /** A person has a surname, a group is a `collab`, and an article may be `onBehalfOf` somebody. */
  readonly surname: string | undefined
  readonly givenNames: string | undefined
  readonly suffix: string | undefined
  readonly collab: string | undefined
  readonly onBehalfOf: string | undefined
  /** Ties members to their group. */
  readonly groupKey: string | undefined
  /** Sixteen characters in four groups, without address. */
  readonly orcid: string | undefined
  readonly role: string | undefined
  readonly emails: readonly string[]
  readonly corresponding: boolean
  readonly equalContribution: boolean
  readonly deceased: boolean
  /** Those written within the contributor. */
  readonly affiliations: readonly Affiliation[]
  /** What it points to elsewhere: affiliations, foot-notes, awards... */
  readonly references: readonly { readonly type: string; readonly id: string }[]
}

/** All contributors of `contrib-group` elements below an element, in order, members after their group. */
export function readContributors(parent: Element | undefined): readonly Contributor[] {
  return childrenOf(parent, 'contrib-group').flatMap((group) =>
    childrenOf(group, 'contrib', 'on-behalf-of').flatMap((element) =>
      element.name === 'contrib'
        ? readContrib(element)
        : [{ ...nobody, type: 'on-behalf-of', onBehalfOf: textOf(element) }],
    ),
  )
}

/** `Given Surname Suffix` of a person, the name of a group. */
export function displayName({ givenNames, surname, suffix, collab, onBehalfOf: on }: Contributor): string {
  return collab ?? on ?? [givenNames, surname, suffix].filter(Boolean).join(' ')
}

const nobody: Contributor = {
  type: 'author',
  id: undefined,
  surname: undefined,
  givenNames: undefined,
  suffix: undefined,
  collab: undefined,
  onBehalfOf: undefined,
  groupKey: undefined,
  orcid: undefined,
  role: undefined,
  emails: [],
  corresponding: false,
  equalContribution: false,
  deceased: false,
  affiliations: [],
  references: [],
}

function readContrib(contrib: Element): readonly Contributor[] {
  const collab = childOf(contrib, 'collab')
  const name = childOf(contrib, 'name') ?? childOf(contrib, 'name-alternatives', 'name')
  const affiliations = childrenOf(contrib, 'aff').map(readAffiliation)
  const person: Contributor = {
    ...nobody,
    type: attributeOf(contrib, 'contrib-type') ?? 'author',
    id: attributeOf(contrib, 'id'),
    surname: wordsOf(childOf(name, 'surname')),
    givenNames: wordsOf(childOf(name, 'given-names')),
    suffix: wordsOf(childOf(name, 'suffix')),
    collab: collab && wordsOf({ ...collab, children: collab.children.filter(isNameOfGroup) }),
    groupKey: idOf(contrib, 'group-author-key'),
    orcid: /[\dX]{4}(?:-[\dX]{4}){3}$/i.exec(idOf(contrib, 'orcid') ?? '')?.[0].toUpperCase(),
    role: wordsOf(childOf(contrib, 'role')),
    emails: [...childrenOf(contrib, 'email').map(textOf), ...affiliations.flatMap(({ email }) => email ?? [])],
    corresponding: attributeOf(contrib, 'corresp') === 'yes',
    equalContribution: attributeOf(contrib, 'equal-contrib') === 'yes',
    deceased: attributeOf(contrib, 'deceased') === 'yes',
    affiliations,
    references: childrenOf(contrib, 'xref').flatMap((xref) => {
      const id = attributeOf(xref, 'rid')
      return id ? [{ type: attributeOf(xref, 'ref-type') ?? 'other', id }] : []
    }),
  }
  const members = [...descendantsOf(collab, ['contrib'])].flatMap(readContrib)
  return [
    person,
    ...members.map((member) => ({ ...member, type: 'author non-byline', groupKey: person.groupKey ?? person.id })),
  ]
}

function idOf(contrib: Element, type: string): string | undefined {
  return wordsOf(childrenOf(contrib, 'contrib-id').find((id) => attributeOf(id, 'contrib-id-type') === type))
}

function isNameOfGroup(node: Node): boolean {
  return !isElement(node, 'contrib-group', 'contrib')
}
