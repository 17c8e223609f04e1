import {
  attributeOf,
  childOf,
  descendantsOf,
  formsOf,
  isAuthor,
  readAffiliation,
  readContributors,
  type Affiliation,
  type Contributor,
  type Element,
} from '@continuum/article/jats'
import type { RecordAffiliation, RecordContributor } from './record.ts'

/** A contributor, and if it stands in the byline. */
export interface FoundContributor {
  readonly contributor: RecordContributor
  readonly isAuthor: boolean
}

/**
 * Contributors of an article or a letter, in the order of the XML. Members of a group are in the group; on whose behalf
 * something is said stands among the authors.
 *
 * @param root where affiliations are looked for that contributors point to
 */
export function contributorsIn(meta: Element | undefined, root: Element): readonly FoundContributor[] {
  const places = new Map<string, readonly Element[]>()
  for (const aff of descendantsOf(childOf(root, 'front') ?? root, ['aff', 'aff-alternatives'])) {
    const id = attributeOf(aff, 'id')
    if (id !== undefined) places.set(id, formsOf(aff))
  }
  const all = readContributors(meta)
  const members = all.filter(({ type }) => type === 'author non-byline')
  return all
    .filter((contributor) => contributor.type !== 'author non-byline')
    .map((contributor) => ({
      contributor: {
        ...toRecord(contributor, places),
        members: members
          .filter(({ groupKey }) => groupKey !== undefined && groupKey === keyOf(contributor))
          .map((member) => toRecord(member, places)),
      },
      isAuthor: isAuthor(contributor) || contributor.onBehalfOf !== undefined,
    }))
}

/** The key by which members name their group. */
function keyOf({ groupKey, id, collab }: Contributor): string | undefined {
  return groupKey ?? id ?? collab
}

function toRecord(contributor: Contributor, places: ReadonlyMap<string, readonly Element[]>): RecordContributor {
  const { surname, givenNames, wholeName, collab, onBehalfOf, suffix, orcid } = contributor
  const name = collab ?? onBehalfOf ?? surname ?? wholeName ?? givenNames
  const elsewhere = contributor.references
    .filter(({ type }) => type === 'aff')
    .flatMap(({ id }) => (places.get(id) ?? []).map((aff) => readAffiliation(aff)))
  return {
    kind: kindOf(contributor),
    name: name ?? '',
    givenNames: surname === undefined ? undefined : givenNames,
    suffix,
    type: contributor.type,
    orcid: orcid === undefined ? undefined : `https://orcid.org/${orcid}`,
    orcidAuthenticated: contributor.orcidAuthenticated,
    affiliations: [...contributor.affiliations, ...elsewhere]
      .map(placeOf)
      .filter(({ institution }) => institution !== ''),
    corresponding: contributor.corresponding,
    equalContribution: contributor.equalContribution,
    emails: contributor.emails,
    pointsTo: contributor.references.map(({ id }) => id),
    members: [],
  }
}

function kindOf({ collab, onBehalfOf, surname, givenNames, wholeName }: Contributor): RecordContributor['kind'] {
  if (collab !== undefined) return 'group'
  if (onBehalfOf !== undefined) return 'on-behalf-of'
  const name = surname ?? wholeName ?? givenNames
  return name === undefined || /^anonymous$/i.test(name) ? 'anonymous' : 'person'
}

function placeOf(affiliation: Affiliation): RecordAffiliation {
  const { institutions, departments, units, city, country, text, rorIds } = affiliation
  const inner = [...units, ...departments]
  const [institution = inner.at(-1) ?? text] = institutions
  return {
    institution,
    departments: institutions.length > 0 ? [...inner, ...institutions.slice(1)] : inner.slice(0, -1),
    city: institutions.length + inner.length > 0 ? city : undefined,
    country: institutions.length + inner.length > 0 ? country : undefined,
    ror: rorIds[0],
    text:
      institutions.length + inner.length > 0
        ? [...inner, ...institutions, city, country].filter(Boolean).join(', ')
        : text,
  }
}
