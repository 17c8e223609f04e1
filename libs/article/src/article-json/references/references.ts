import { attributeOf, childOf, descendantsOf, type Element } from '../../jats/tree.ts'
import { dateOf, readCitation, type Citation } from './citation.ts'
import type { Reference, ReferenceAuthor } from './reference.ts'

/** What every reference has whatever its type. */
interface Head {
  readonly id: string
  readonly date: string
  readonly discriminator: string | undefined
}

const nobody: ReferenceAuthor = { type: 'group', name: 'No authors listed' }

/**
 * The reference list. A reference that lacks what its type requires is `unknown`, with all it has; one without a year of its
 * own, such as a work in press, is dated with the article.
 */
export function referencesOf(root: Element, articleYear: string): readonly Reference[] {
  const list = [...descendantsOf(childOf(root, 'back'), ['ref'])]
  return list.flatMap((ref, index) => {
    const element =
      childOf(ref, 'element-citation') ??
      childOf(ref, 'mixed-citation') ??
      childOf(ref, 'citation-alternatives', 'element-citation')
    if (!element) return []
    const date = dateOf(element)
    const head = {
      id: attributeOf(ref, 'id') ?? `bib${index + 1}`,
      date: date?.year ?? articleYear,
      discriminator: date?.letter,
    }
    const citation = readCitation(element)
    return [known(citation, head) ?? unknown(citation, head)]
  })
}

/** The reference as what its citation says it is, or undefined when something required is missing. */
function known(citation: Citation, head: Head): Reference | undefined {
  const { authorsEtAl, doi, uri, pmid, volume, pages, publisher, source, accession } = citation
  const authors = citation.authors.length > 0 ? citation.authors : undefined
  const common = { ...head, authors, authorsEtAl }
  const title = citation.dataTitle ?? citation.articleTitle ?? citation.chapterTitle ?? source
  const articleTitle = citation.articleTitle ?? citation.chapterTitle
  switch (citation.kind) {
    case 'journal':
      if (!authors || !articleTitle || !source) return undefined
      return { type: 'journal', ...common, articleTitle, journal: source, volume, pages, doi, pmid }
    case 'book':
      return bookOf(citation, head)
    case 'confproc':
    case 'conf-proceedings': {
      const conference = citation.conference ?? source
      if (!authors || !articleTitle || !conference) return undefined
      return {
        type: 'conference-proceeding',
        ...common,
        articleTitle,
        conference: { name: [conference] },
        pages,
        doi,
        uri,
      }
    }
    case 'data': {
      const dataTitle = citation.dataTitle ?? citation.articleTitle
      const specificUse =
        citation.specificUse === 'analyzed' || citation.specificUse === 'generated' ? citation.specificUse : undefined
      if (!authors || !dataTitle || !source) return undefined
      return { type: 'data', ...common, title: dataTitle, source, dataId: accession, specificUse, doi, uri }
    }
    case 'patent':
      if (!authors || !title || !citation.country) return undefined
      return {
        type: 'patent',
        ...head,
        inventors: authors,
        title,
        patentType: citation.comment ?? 'Patent',
        country: citation.country,
        number: citation.patent,
        uri,
      }
    case 'periodical':
    case 'newspaper':
    case 'magazine':
      if (!authors || !articleTitle || !source || !pages) return undefined
      return { type: 'periodical', ...common, articleTitle, periodical: source, volume, pages, uri }
    case 'preprint':
      if (!authors || !articleTitle || !source || !uri) return undefined
      return { type: 'preprint', ...common, articleTitle, source, doi, uri }
    case 'report':
      if (!authors || !title || !publisher) return undefined
      return { type: 'report', ...common, title, publisher, doi, pmid, isbn: citation.isbn, uri }
    case 'software':
      if (!authors || !title || !publisher) return undefined
      return { type: 'software', ...common, title, publisher, version: citation.version, uri }
    case 'thesis': {
      const author = authors?.find((person) => person.type === 'person')
      if (!author || !title || !publisher) return undefined
      return { type: 'thesis', ...head, author, title, publisher, doi, uri }
    }
    case 'web':
    case 'webpage':
    case 'website': {
      const website = citation.articleTitle ? source : undefined
      if (!authors || !title || !uri) return undefined
      return { type: 'web', ...common, title, website, accessed: citation.accessed, uri }
    }
    case 'clinicaltrial':
    case 'clinical-trial':
      if (!authors || !title || !uri) return undefined
      return { type: 'clinical-trial', ...common, authorsType: citation.authorsType, title, uri }
    default:
      return undefined
  }
}

/** A chapter needs its authors, the book's editors and its pages; a book needs one of authors and editors. */
function bookOf(citation: Citation, head: Head): Reference | undefined {
  const { authors, editors, publisher, chapterTitle, pages } = citation
  const bookTitle = citation.source ?? citation.articleTitle
  if (!bookTitle || !publisher || authors.length + editors.length === 0) return undefined
  const { authorsEtAl, editorsEtAl, volume, edition, doi, pmid, isbn } = citation
  const book = {
    ...head,
    authors,
    authorsEtAl,
    editors,
    editorsEtAl,
    bookTitle,
    publisher,
    volume,
    edition,
    doi,
    pmid,
    isbn,
  }
  if (!chapterTitle) return { type: 'book', ...book }
  if (authors.length === 0 || editors.length === 0 || !pages) return undefined
  return { type: 'book-chapter', ...book, chapterTitle, pages }
}

function unknown(citation: Citation, head: Head): Reference {
  const { dataTitle, articleTitle, chapterTitle, source, comment, text, publisher, volume, pages, uri } = citation
  const title = articleTitle ?? chapterTitle ?? dataTitle ?? source ?? comment ?? (text || 'Untitled')
  const range = typeof pages === 'object' ? pages.range : pages
  const details = [source, volume, range, publisher?.name[0], comment].filter((part) => part && part !== title)
  const authors = citation.authors.length > 0 ? citation.authors : citation.editors
  return {
    type: 'unknown',
    ...head,
    authors: authors.length > 0 ? authors : [nobody],
    authorsEtAl: citation.authorsEtAl,
    title,
    details: details.join(', ') || undefined,
    uri,
  }
}
