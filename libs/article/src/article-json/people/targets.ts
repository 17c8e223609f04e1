import { formsOf, readAffiliation, type Affiliation } from '../../jats/affiliations.ts'
import type { Contributor } from '../../jats/contributors.ts'
import { attributeOf, descendantsOf, type Element } from '../../jats/tree.ts'

/** Elements that contributors can point to, by id: affiliations, correspondence and notes. */
export type Targets = ReadonlyMap<string, Element>

const elements = ['aff', 'aff-alternatives', 'corresp', 'fn', 'author-comment', 'bio']

/** The targets of an article, and of the one around it. */
export function targetsOf(article: Element, around?: Targets): Targets {
  const own = [...descendantsOf(article, elements, ['body', 'sub-article', 'response', 'ref-list'])]
  return new Map([
    ...(around ?? []),
    ...own.flatMap((element) => {
      const id = attributeOf(element, 'id')
      return id ? [[id, element] as const] : []
    }),
  ])
}

/** The elements with one of the names that a contributor points to. */
export function pointedTo(contributor: Contributor, targets: Targets, ...names: readonly string[]): readonly Element[] {
  const found = contributor.references.flatMap(({ id }) => targets.get(id) ?? [])
  return [...new Set(found)].filter((element) => names.includes(element.name))
}

/** Affiliations of a contributor, its own first. */
export function affiliationsOf(contributor: Contributor, targets: Targets): readonly Affiliation[] {
  const elsewhere = pointedTo(contributor, targets, 'aff', 'aff-alternatives').flatMap(formsOf).map(readAffiliation)
  return [...contributor.affiliations, ...elsewhere]
}

/** E-mail addresses that stand in affiliations. */
export function emailsOf(affiliations: readonly Affiliation[]): readonly string[] {
  return affiliations.flatMap(({ emails }) => emails)
}
