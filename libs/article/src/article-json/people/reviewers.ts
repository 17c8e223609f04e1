import { metaOf } from '../../jats/article-parts.ts'
import { isAuthor, readContributors, type Contributor } from '../../jats/contributors.ts'
import { attributeOf, childrenOf, type Element } from '../../jats/tree.ts'
import type { Paragraph } from '../blocks.ts'
import { isMember, type PersonDetails } from './authors.ts'
import { placeOf, type Group, type Person, type Place } from './people.ts'
import { biographyOf, nameOf } from './persons.ts'
import { affiliationsOf, emailsOf, targetsOf, type Targets } from './targets.ts'

export interface Reviewer extends Person, PersonDetails {
  readonly orcid?: string | undefined
  readonly role: string
  readonly affiliations?: readonly Place[]
  readonly emailAddresses?: readonly string[]
  readonly biography?: readonly Paragraph[]
}

/** Somebody who is neither in the byline nor an editor or reviewer: a translator, an illustrator, a member of a group. */
export type OtherContributor = (Reviewer | Group) & { readonly role: string; readonly affiliations?: readonly Place[] }

/** Sub-articles that say what their people thought of the article. */
const letters = ['decision-letter', 'article-commentary', 'editor-report', 'referee-report', 'reply', 'author-comment']

/** Editors and reviewers, of the article and of its decision letter, each once. */
export function reviewersOf(root: Element): readonly Reviewer[] {
  const targets = targetsOf(root)
  const own = childrenOf(root, 'sub-article')
  const parts = [root, ...own.filter((part) => letters.includes(attributeOf(part, 'article-type') ?? ''))]
  const found = parts.flatMap((part) => {
    const known = part === root ? targets : targetsOf(part, targets)
    return readContributors(metaOf(part)).flatMap((contributor) =>
      isReviewer(contributor) ? [reviewerOf(contributor, known)] : [],
    )
  })
  const roles = Map.groupBy(
    readContributors(metaOf(root)).filter(isReviewer),
    (contributor) => nameOf(contributor).index,
  )
  const byName = new Map(found.toReversed().map((reviewer) => [reviewer.name.index, reviewer]))
  return [...byName.values()].toReversed().map((reviewer) => {
    const listed = roles.get(reviewer.name.index)
    return listed ? { ...reviewer, role: joinedRoles(listed.map(roleOf)) } : reviewer
  })
}

/** `Senior and Reviewing Editor` of somebody who is listed as both. */
function joinedRoles(roles: readonly string[]): string {
  const different = [...new Set(roles)].toSorted(
    (a, b) => Number(b.startsWith('Senior')) - Number(a.startsWith('Senior')),
  )
  const [, shared] = /( \w+)$/.exec(different[0] ?? '') ?? []
  if (different.length < 2 || shared === undefined || !different.every((role) => role.endsWith(shared)))
    return different.join(', ')
  return `${different.map((role) => role.slice(0, -shared.length)).join(' and ')}${shared}`
}

/**
 * Everybody else who had a part, with what it was.
 *
 * @param reviewers whether editors and reviewers are among them: those of a sub-article have no list of their own
 */
export function otherContributorsOf(
  article: Element,
  targets: Targets = targetsOf(article),
  reviewers = false,
): readonly OtherContributor[] {
  const contributors = readContributors(metaOf(article))
  return contributors.flatMap((contributor): readonly OtherContributor[] => {
    if (contributor.onBehalfOf || isAuthor(contributor)) return []
    if (!reviewers && isReviewer(contributor)) return []
    if (isMember(contributor, contributors)) return []
    const { collab } = contributor
    if (!collab) return nameOf(contributor).preferred ? [reviewerOf(contributor, targets)] : []
    const affiliations = affiliationsOf(contributor, targets).map(placeOf)
    return [{ type: 'group', name: collab, role: roleOf(contributor), affiliations }]
  })
}

function isReviewer(contributor: Contributor): boolean {
  return /editor|reviewer|referee/i.test(contributor.type) && nameOf(contributor).preferred !== ''
}

function reviewerOf(contributor: Contributor, targets: Targets): Reviewer {
  const affiliations = affiliationsOf(contributor, targets)
  return {
    type: 'person',
    name: nameOf(contributor),
    orcid: contributor.orcid,
    role: roleOf(contributor),
    affiliations: affiliations.map(placeOf),
    emailAddresses: [...new Set([...contributor.emails, ...emailsOf(affiliations)])],
    otherNames: contributor.otherNames,
    degrees: contributor.degrees,
    biography: biographyOf(contributor.biography),
  }
}

/** `Reviewing Editor` of `Reviewing editor`; what the XML calls the contributor where it names no role. */
function roleOf({ role, creditRoles, type }: Contributor): string {
  const words = (role ?? creditRoles.join(', ')) || type.replaceAll(/[_-]/g, ' ')
  return words.replaceAll(/(?<=^|\s)[a-z]/g, (letter) => letter.toUpperCase())
}
