import type { Reference } from '../record/record.ts'
import { el, elWith, type XmlElement } from '../xml/element.ts'

/** Types of references for which Crossref has no fields that say enough: they go as they are read. */
const unstructured =
  /^(web|website|webpage|software|data|dataset|thesis|patent|confproc|conference|other|preprint|periodical|report|standard)$/

const types: Readonly<Record<string, string>> = {
  journal: 'journal_article',
  book: 'book',
  confproc: 'conference_paper',
  conference: 'conference_paper',
  data: 'dataset',
  dataset: 'dataset',
  patent: 'patent',
  preprint: 'preprint',
  report: 'report',
  software: 'software',
  standard: 'standard',
  thesis: 'dissertation',
  web: 'web_resource',
  website: 'web_resource',
  webpage: 'web_resource',
}

/** The list of references; empty, it takes away what was deposited before. */
export function citationList(references: readonly Reference[]): XmlElement {
  const keys = new Set<string>()
  return el(
    'citation_list',
    references.map((reference, index) => {
      const key = keys.has(reference.id) ? `${reference.id}-${index + 1}` : reference.id
      keys.add(key)
      return citation(reference, key.slice(0, 128))
    }),
  )
}

function citation(reference: Reference, key: string): XmlElement {
  const { type, doi, isbn, text } = reference
  const isBook = type === 'book'
  const hasFields = isBook || !unstructured.test(type) || (type === 'report' && isbn !== undefined)
  const field = (name: string, value: string | undefined) => value !== undefined && value !== '' && el(name, value)
  const validIsbn = isbn?.replaceAll(/[^\dX-]/g, '')
  return elWith(
    'citation',
    { key, type: types[type] },
    hasFields && [
      field(isBook || type === 'report' ? 'volume_title' : 'journal_title', reference.source),
      field('author', reference.firstAuthor),
      field('volume', reference.volume?.slice(0, 32)),
      field('issue', reference.issue?.slice(0, 32)),
      field('first_page', reference.firstPage?.slice(0, 32)),
      field('elocation_id', reference.elocationId),
    ],
    field('cYear', reference.year),
    // Bare: an address in its place is refused.
    field('doi', doi),
    field(
      'isbn',
      validIsbn !== undefined && /^(97[89]-)?\d[\d-]{8,}[\dX]$/.test(validIsbn) && validIsbn.length <= 17
        ? validIsbn
        : undefined,
    ),
    hasFields && field('article_title', reference.articleTitle),
    !hasFields && field('unstructured_citation', text),
  )
}
