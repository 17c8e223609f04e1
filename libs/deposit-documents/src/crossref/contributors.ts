import type { RecordAffiliation, RecordContributor } from '../record/record.ts'
import { el, elUnlessEmpty, elWith, type XmlElement } from '../xml/element.ts'

type Role = 'author' | 'editor' | 'reviewer'

/**
 * Contributors in their order, the first marked as first. An article that names nobody has one who is anonymous.
 *
 * @param roleOf the role of each; in schema 5.4.0 it is an attribute
 */
export function contributorsElement(
  contributors: readonly RecordContributor[],
  roleOf: (contributor: RecordContributor) => Role,
): XmlElement {
  const written = contributors.map((contributor, index) => {
    const attributes = { sequence: index === 0 ? 'first' : 'additional', contributor_role: roleOf(contributor) }
    return contributorElement(contributor, attributes)
  })
  const nobody = elWith('anonymous', { sequence: 'first', contributor_role: 'author' })
  return el('contributors', written.length > 0 ? written : nobody)
}

function contributorElement(contributor: RecordContributor, attributes: Record<string, string>): XmlElement {
  const { kind, name, givenNames, suffix, affiliations, orcid, orcidAuthenticated } = contributor
  const places = elUnlessEmpty('affiliations', affiliations.map(institutionElement))
  if (kind === 'group' || kind === 'on-behalf-of') return elWith('organization', attributes, name)
  if (kind === 'anonymous') return elWith('anonymous', attributes, places)
  return elWith(
    'person_name',
    attributes,
    // Left out where there is none: an empty element is invalid.
    givenNames !== undefined && el('given_name', givenNames),
    el('surname', name),
    suffix !== undefined && el('suffix', suffix),
    places,
    // True is said only where the XML says it: Crossref writes the work into a stranger's record otherwise.
    orcid !== undefined && elWith('ORCID', { authenticated: String(orcidAuthenticated) }, orcid),
  )
}

function institutionElement({ institution, departments, city, country, ror }: RecordAffiliation): XmlElement {
  const place = [city, country].filter(Boolean).join(', ')
  return el(
    'institution',
    el('institution_name', institution.slice(0, 1024)),
    ror !== undefined && elWith('institution_id', { type: 'ror' }, ror),
    place.length >= 2 && el('institution_place', place.slice(0, 255)),
    departments
      .filter((department) => department.length >= 2)
      .slice(0, 6)
      .map((department) => el('institution_department', department.slice(0, 255))),
  )
}

/** A name that Crossref would refuse, or take in a form that nobody meant. */
export interface NameProblem {
  readonly name: string
  readonly problem: string
}

/** Names that a person must look at before they are deposited. */
export function nameProblems(contributors: readonly RecordContributor[]): readonly NameProblem[] {
  return contributors.flatMap(({ kind, name, givenNames, suffix }): readonly NameProblem[] => {
    const whole = [givenNames, name, suffix].filter(Boolean).join(' ')
    if (kind === 'group' || kind === 'on-behalf-of')
      return name.length > 511 ? [{ name, problem: tooLong('the name of the group', name, 511) }] : []
    if (kind === 'anonymous') return []
    return [
      ...partProblems('surname', name),
      ...(givenNames === undefined ? [] : partProblems('given name', givenNames)),
      ...(suffix !== undefined && suffix.length > 10 ? [tooLong('the suffix', suffix, 10)] : []),
    ].map((problem) => ({ name: whole, problem }))
  })
}

function partProblems(part: string, text: string): readonly string[] {
  const strange = /[\d?]/.exec(text)?.[0]
  return [
    ...(text.length > 60 ? [tooLong(`the ${part}`, text, 60)] : []),
    ...(strange === undefined
      ? []
      : [`the ${part} "${text}" has "${strange}" in it, which Crossref allows in no name`]),
  ]
}

function tooLong(part: string, text: string, max: number): string {
  return `${part} has ${text.length} characters, and Crossref takes ${max}`
}
