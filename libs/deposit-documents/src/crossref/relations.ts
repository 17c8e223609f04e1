import type { ArticleRecord, DataSet } from '../record/record.ts'
import { doiIn } from '../record/doi.ts'
import { uniqueBy } from '../record/unique.ts'
import { el, elWith, type XmlElement } from '../xml/element.ts'

/** A relation of a record to another work. */
export interface Relation {
  readonly kind: 'intra' | 'inter'
  /** `hasPreprint`, `isSupplementedBy`... */
  readonly type: string
  readonly identifierType: 'doi' | 'uri' | 'accession' | 'other'
  readonly identifier: string
  readonly description?: string
}

/** Relations of the article's own record. */
export function articleRelations(record: ArticleRecord): readonly Relation[] {
  const preprints = record.preprints.map(({ doi, uri }): Relation =>
    doi === undefined
      ? { kind: 'intra', type: 'hasPreprint', identifierType: 'uri', identifier: uri }
      : { kind: 'intra', type: 'hasPreprint', identifierType: 'doi', identifier: doi },
  )
  const version: readonly Relation[] =
    record.versionDoi === undefined
      ? []
      : [{ kind: 'intra', type: 'isSameAs', identifierType: 'doi', identifier: record.versionDoi }]
  return unique([...preprints, ...version, ...record.dataSets.flatMap(dataRelation), ...grants(record)])
}

/** Relations of the record of a version: the reviewed preprints before it, and what the article itself has. */
export function versionRelations(record: ArticleRecord): readonly Relation[] {
  const earlier = record.preprints.flatMap(({ kind, doi }): readonly Relation[] =>
    kind === 'reviewed-preprint' && doi !== undefined
      ? [{ kind: 'intra', type: 'isVersionOf', identifierType: 'doi', identifier: doi }]
      : [],
  )
  const others = articleRelations(record).filter(
    ({ type, identifier }) => type !== 'isSameAs' && !earlier.some((relation) => relation.identifier === identifier),
  )
  return unique([...earlier, ...others])
}

/** Data by its DOI, else by its number in an archive, else by its address. */
function dataRelation({ use, title, doi, accession, uri }: DataSet): readonly Relation[] {
  const identified = identifierOf({ doi, accession, uri })
  if (identified === undefined) return []
  const type = use === 'generated' ? 'isSupplementedBy' : 'references'
  return [{ kind: 'inter', type, ...identified, ...(title !== undefined && { description: title }) }]
}

function identifierOf({
  doi,
  accession,
  uri,
}: Pick<DataSet, 'doi' | 'accession' | 'uri'>): Pick<Relation, 'identifierType' | 'identifier'> | undefined {
  if (doi !== undefined) return { identifierType: 'doi', identifier: doi }
  if (accession !== undefined && accession !== '') return { identifierType: 'accession', identifier: accession }
  return uri === undefined ? undefined : { identifierType: 'uri', identifier: uri }
}

/** Awards whose number is a DOI. */
function grants({ awards }: ArticleRecord): readonly Relation[] {
  return awards.flatMap(({ numbers }) =>
    numbers.flatMap((number): readonly Relation[] => {
      const doi = doiIn(number)
      return doi === undefined ? [] : [{ kind: 'inter', type: 'isFinancedBy', identifierType: 'doi', identifier: doi }]
    }),
  )
}

/** The element for relations; empty, it takes away what was deposited before. */
export function relationsProgram(relations: readonly Relation[]): XmlElement {
  return elWith(
    'rel:program',
    { name: 'relations' },
    relations.map(({ kind, type, identifierType, identifier, description }) =>
      el(
        'rel:related_item',
        description !== undefined && el('rel:description', description),
        elWith(
          `rel:${kind}_work_relation`,
          { 'relationship-type': type, 'identifier-type': identifierType },
          identifier,
        ),
      ),
    ),
  )
}

function unique(relations: readonly Relation[]): readonly Relation[] {
  return uniqueBy(relations, ({ type, identifier }) => `${type} ${identifier.toLowerCase()}`)
}
