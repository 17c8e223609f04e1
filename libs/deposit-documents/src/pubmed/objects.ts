import type { ArticleRecord, DataSet } from '../record/record.ts'
import { el, elWith, type XmlElement } from '../xml/element.ts'

/** Archives that PubMed links, by their names in articles and hosts of their addresses. */
const archives: readonly (readonly [RegExp, string])[] = [
  [/gene expression omnibus|ncbi\.nlm\.nih\.gov\/geo|^GSE\d+$/i, 'NCBI:geo'],
  [/genbank|ncbi\.nlm\.nih\.gov\/(nuccore|genbank)/i, 'NCBI:genbank'],
  [/sequence read archive|ncbi\.nlm\.nih\.gov\/(sra|Traces)/i, 'NCBI:sra'],
  [/bioproject/i, 'NCBI:bioproject'],
  [/dbgap|ncbi\.nlm\.nih\.gov\/(gap|projects\/gap)/i, 'NCBI:dbgap'],
  [/pubchem/i, 'NCBI:pubchem-compound'],
  [/dryad|10\.5061\//i, 'Dryad'],
  [/figshare|10\.6084\//i, 'figshare'],
  [/protein data bank|rcsb\.org|\bPDB\b|wwpdb/i, 'PDB'],
  [/uniprot/i, 'UniProtKB'],
]

const notices: Readonly<Record<string, string>> = {
  'corrected-article': 'Erratum',
  'retracted-article': 'Retraction',
  'object-of-concern': 'ExpressionOfConcernFor',
}

/** Corrections, keywords, grants, data and trials. */
export function objectList(record: ArticleRecord): XmlElement | undefined {
  const corrected = record.related.flatMap(({ type, doi }) => {
    const notice = notices[type]
    return notice === undefined ? [] : [object(notice, ['type', 'doi'], ['id', doi])]
  })
  const keywords = [...record.organisms, ...record.subjects, ...record.keywords]
  const grants = record.awards.flatMap(({ funder, numbers }) =>
    numbers.length === 0
      ? [object('grant', ['grantor', funder])]
      : numbers.map((number) => object('grant', ['id', number], ['grantor', funder])),
  )
  const objects = [
    ...corrected,
    ...[...new Set(keywords)].map((keyword) => object('keyword', ['value', keyword])),
    ...grants,
    ...record.dataSets.flatMap(dataObject),
    ...record.trials.map(({ number, registry }) => object(registry, ['id', number])),
  ]
  return objects.length === 0 ? undefined : el('ObjectList', objects)
}

/** Data in an archive that PubMed has a name for; others are left out. */
function dataObject({ archive, uri, doi, accession }: DataSet): readonly XmlElement[] {
  const told = [archive, uri, doi, accession].filter((text) => text !== undefined)
  const [, type] = archives.find(([pattern]) => told.some((text) => pattern.test(text))) ?? []
  const id = accession ?? doi
  return type === undefined || id === undefined ? [] : [object(type, ['id', id])]
}

function object(type: string, ...params: readonly (readonly [name: string, value: string])[]): XmlElement {
  return elWith(
    'Object',
    { Type: type },
    params.map(([name, value]) => elWith('Param', { Name: name }, value)),
  )
}
