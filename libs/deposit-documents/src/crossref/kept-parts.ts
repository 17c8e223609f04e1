import { attributeOf, childrenOf, descendantsOf, parseXml, textOf, type Element } from '@continuum/article/jats'
import type { KeptPart } from './programs.ts'

/** Values that a deposit left at Crossref, which stay until they are emptied. */
export type KeptValues = Readonly<Record<KeptPart, readonly string[]>>

/** Reads what a deposit of a DOI left, from the file that was sent. A file without that DOI left nothing. */
export function keptValues(deposit: Uint8Array | string, doi: string): KeptValues {
  const { root } = parseXml(deposit)
  const record = [...descendantsOf(root, ['journal_article'])].find((article) => doiOf(article) === doi.toLowerCase())
  const below = (...names: readonly string[]) => [...descendantsOf(record, names)]
  return {
    funding: below('fr:assertion').flatMap((group) =>
      attributeOf(group, 'name') === 'fundgroup' ? [textOf(group)] : [],
    ),
    relations: below('rel:inter_work_relation', 'rel:intra_work_relation').map(
      (relation) => `${attributeOf(relation, 'relationship-type')} ${textOf(relation)}`,
    ),
    references: below('citation').map((citation) => attributeOf(citation, 'key') ?? ''),
    updates: below('update').map((update) => `${attributeOf(update, 'type')} ${textOf(update)}`),
    'text-mining': below('collection')
      .filter((collection) => attributeOf(collection, 'property') === 'text-mining')
      .flatMap((collection) => [...descendantsOf(collection, ['resource'])].map(textOf)),
  }
}

function doiOf(article: Element): string {
  const [data] = childrenOf(article, 'doi_data')
  return textOf(childrenOf(data, 'doi')[0]).toLowerCase()
}

/**
 * Parts of which a newer deposit has less than one before: they must be emptied first, or Crossref keeps both. References
 * and addresses for text mining are replaced as long as there are any.
 */
export function droppedParts(before: KeptValues, after: KeptValues): readonly KeptPart[] {
  const parts: readonly KeptPart[] = ['funding', 'relations', 'updates']
  const replaced: readonly KeptPart[] = ['references', 'text-mining']
  return [
    ...parts.filter((part) => before[part].some((value) => !after[part].includes(value))),
    ...replaced.filter((part) => before[part].length > 0 && after[part].length === 0),
  ]
}
