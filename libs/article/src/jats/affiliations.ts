import { attributeOf, childOf, descendantsOf, firstBelow, isElement, textOf, wordsOf, type Element } from './tree.ts'

/** Where somebody works, in the parts that the XML marks. */
export interface Affiliation {
  readonly id: string | undefined
  readonly departments: readonly string[]
  readonly institutions: readonly string[]
  readonly city: string | undefined
  readonly country: string | undefined
  readonly email: string | undefined
  /** The whole as plain text, for an affiliation whose parts are not marked. */
  readonly text: string
}

/** Reads an `aff` element. */
export function readAffiliation(aff: Element): Affiliation {
  const institutions = [...descendantsOf(aff, ['institution'])]
  const named = (type: string) =>
    [...descendantsOf(aff, ['named-content'])].find((content) => attributeOf(content, 'content-type') === type)
  return {
    id: attributeOf(aff, 'id'),
    departments: institutions.filter(isDepartment).map(textOf).filter(Boolean),
    institutions: institutions
      .filter((institution) => !isDepartment(institution))
      .map(textOf)
      .filter(Boolean),
    city: wordsOf(named('city') ?? firstBelow(aff, 'city') ?? childOf(aff, 'addr-line')),
    country: wordsOf(firstBelow(aff, 'country')),
    email: wordsOf(firstBelow(aff, 'email')),
    text: textOf({ ...aff, children: aff.children.filter((node) => !isElement(node, 'label')) }),
  }
}

function isDepartment(institution: Element): boolean {
  return attributeOf(institution, 'content-type') === 'dept'
}
