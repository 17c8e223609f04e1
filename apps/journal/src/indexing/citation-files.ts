import type { ArticleFacts, Author } from './facts.ts'

/** Family and given name, where the article tells them apart: `Hirano, Arisa`. */
function partsOf({ index, name }: Author): { family: string; given: string } | { literal: string } {
  const [family, given] = index?.split(', ') ?? []
  return family && given ? { family, given } : { literal: name }
}

const indexName = (author: Author): string => {
  const parts = partsOf(author)
  return 'literal' in parts ? parts.literal : `${parts.family}, ${parts.given}`
}

/** Escapes what BibTeX reads as more than text. */
function bibtex(text: string): string {
  return text
    .replaceAll('\\', String.raw`\textbackslash{}`)
    .replaceAll(/[{}%#&$_]/g, String.raw`\$&`)
    .replaceAll(String.raw`\textbackslash\{\}`, String.raw`\textbackslash{}`)
    .replaceAll('~', String.raw`\textasciitilde{}`)
    .replaceAll('^', String.raw`\textasciicircum{}`)
}

/** Writes the citation of an article for BibTeX. */
export function bibtexOf(facts: ArticleFacts): string {
  const [year, month] = facts.published?.split('-') ?? []
  // Double braces keep the letter case; groups of several people are not taken apart at "and".
  const names = facts.authors.map((author) =>
    'literal' in partsOf(author) ? `{${bibtex(indexName(author))}}` : bibtex(indexName(author)),
  )
  const fields = {
    title: `{${bibtex(facts.title)}}`,
    author: names.join(' and '),
    journal: bibtex(facts.journal.name),
    publisher: bibtex(facts.journal.publisher),
    volume: facts.volume,
    pages: facts.elocationId,
    year,
    month: month && String(Number(month)),
    doi: facts.doi,
    url: `https://doi.org/${facts.doi}`,
    issn: facts.journal.issn,
    abstract: facts.abstract && bibtex(facts.abstract),
    keywords: bibtex(facts.keywords.join(', ')),
  }
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []))
  return `@article{${facts.doi.replaceAll(/[^A-Za-z0-9.:/-]/g, '-')},\n${lines.join('\n')}\n}\n`
}

/** Writes the citation of an article in the format of RIS. */
export function risOf(facts: ArticleFacts): string {
  const line = (tag: string, value: string | undefined) => (value ? [`${tag}  - ${value.replaceAll(/\s+/g, ' ')}`] : [])
  return [
    'TY  - JOUR',
    ...facts.authors.flatMap((author) => line('AU', indexName(author))),
    ...line('TI', facts.title),
    ...line('JO', facts.journal.name),
    ...line('PB', facts.journal.publisher),
    ...line('SN', facts.journal.issn),
    ...line('VL', facts.volume),
    ...line('SP', facts.elocationId),
    ...line('PY', facts.published?.slice(0, 4)),
    ...line('DA', facts.published?.replaceAll('-', '/')),
    ...line('DO', facts.doi),
    ...line('UR', `https://doi.org/${facts.doi}`),
    ...line('L1', facts.pdfUrl),
    ...line('LA', facts.language),
    ...facts.keywords.flatMap((keyword) => line('KW', keyword)),
    ...line('AB', facts.abstract),
    'ER  - ',
    '',
  ].join('\r\n')
}

/** Describes an article as CSL-JSON, which citation processors read. */
export function cslOf(facts: ArticleFacts): object {
  return {
    id: facts.doi,
    type: 'article-journal',
    title: facts.title,
    author: facts.authors.map(partsOf),
    'container-title': facts.journal.name,
    publisher: facts.journal.publisher,
    ...(facts.journal.issn !== undefined && { ISSN: facts.journal.issn }),
    ...(facts.volume !== undefined && { volume: facts.volume }),
    ...(facts.elocationId !== undefined && { page: facts.elocationId }),
    ...(facts.published && { issued: { 'date-parts': [facts.published.split('-').map(Number)] } }),
    DOI: facts.doi,
    URL: `https://doi.org/${facts.doi}`,
    language: facts.language,
    ...(facts.abstract && { abstract: facts.abstract }),
    ...(facts.keywords.length > 0 && { keyword: facts.keywords.join(', ') }),
  }
}
