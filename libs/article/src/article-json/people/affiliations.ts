import { formsOf, readAffiliation } from '../../jats/affiliations.ts'
import { readContributors } from '../../jats/contributors.ts'
import { attributeOf, childrenOf, type Element } from '../../jats/tree.ts'
import { placeOf, type Place } from './people.ts'

/** Affiliations that nobody points to, though somebody points to another. */
export function unclaimedAffiliations(meta: Element | undefined): readonly Place[] {
  const contributors = readContributors(meta)
  const claimed = new Set(contributors.flatMap(({ references }) => references.map(({ id }) => id)))
  const shared = new Set(contributors.flatMap(({ affiliations }) => affiliations.map(({ text }) => text)))
  const places = [meta, ...childrenOf(meta, 'contrib-group')]
  const groups = places.flatMap((place) => childrenOf(place, 'aff', 'aff-alternatives'))
  const unclaimed = groups.filter((group) => !claimed.has(attributeOf(group, 'id') ?? ''))
  return unclaimed
    .flatMap(formsOf)
    .filter((aff) => !claimed.has(attributeOf(aff, 'id') ?? ''))
    .map(readAffiliation)
    .filter(({ text }) => text !== '' && !shared.has(text))
    .map((affiliation) => withEmails(placeOf(affiliation), affiliation.emails))
}

/** The place of nobody has no other home for its addresses. */
function withEmails(place: Place, emails: readonly string[]): Place {
  return { ...place, name: [...place.name, ...emails] }
}
