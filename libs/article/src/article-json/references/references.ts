import { htmlOf } from '../../jats/markup.ts'
import { childOf, childrenOf, descendantsOf, isElement, textOf, type Element, type Node } from '../../jats/tree.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'
import { dateOf, readCitation, type Citation } from './citation.ts'
import { citedWorks, type CitedWork } from './citations-of.ts'
import type { Head, Reference } from './reference.ts'
import { remainderOf } from './remainder.ts'

/**
 * The works of one entry of the list: the first under its id and label, others after it; notes of the entry go with the
 * last. A reference that lacks what its type requires is `unknown`, with all it has; one without a year has none.
 */
export function referencesIn(ref: Element, id: string, places: FilePlaces): readonly Reference[] {
  const label = htmlOf(childOf(ref, 'label')).replace(/[.:]$/, '') || undefined
  const works = citedWorks(ref)
  const notes = [...childrenOf(ref, 'note', 'p'), ...descendantsOf(ref, ['fn'])]
    .map((note) => noteOf(note, places))
    .filter(Boolean)
  const references = works.map((work, index) =>
    referenceOf(work, index === 0 ? { id, label } : { id: `${id}-${index + 1}` }),
  )
  const last = references.at(-1)
  if (notes.length === 0) return references
  if (last) return [...references.slice(0, -1), { ...last, remainder: [...(last.remainder ?? []), ...notes] }]
  return [{ type: 'unknown', id, label, title: notes.join(' '), text: notes.join(' ') }]
}

function noteOf(note: Element, places: FilePlaces): string {
  const context = markupContext(places)
  const paragraphs = [...descendantsOf(note, ['p'])]
  return (note.name === 'p' || paragraphs.length === 0 ? [note] : paragraphs)
    .map((paragraph) => htmlOf(paragraph, context))
    .join(' ')
}

function referenceOf({ parts, written }: CitedWork, named: Pick<Head, 'id' | 'label'>): Reference {
  const date = dateOf(parts)
  const head = { ...named, date: date?.year, discriminator: date?.letter }
  const citation = readCitation(parts)
  const read = known(citation, head) ?? unknown(citation, head, parts)
  const reference: Reference = citation.issue ? { ...read, issue: citation.issue } : read
  const text = written && htmlOf(withBlanks(withoutGluedIds(written, reference)))
  // A citation as written has its links in it.
  if (text) return { ...reference, ...(reference.type === 'journal' && { uri: undefined }), text }
  return {
    ...reference,
    remainder: remainderOf(parts, reference, 'isbn' in reference && reference.isbn ? ['isbn'] : []),
  }
}

/** A citation as written, without the identifiers that hang at its parts and that the reference has: `57–60` and `20682906`. */
function withoutGluedIds(written: Element, reference: Reference): Element {
  const printed = ['doi' in reference && reference.doi, 'pmid' in reference && String(reference.pmid)]
  const children = written.children.filter(
    (node, index, all) => !(isElement(node, 'pub-id') && isGlued(all, index) && printed.includes(textOf(node))),
  )
  return { ...written, children }
}

/** Tells if nothing stands between a node and the element before it. */
function isGlued(nodes: readonly Node[], index: number): boolean {
  const before = nodes[index - 1]
  return before !== undefined && isElement(before)
}

/** Names whose parts, and groups whose names, nothing parts in the XML: a blank, or a comma, stands between them here. */
function withBlanks(element: Element): Element {
  const children = element.children.map((node) => (typeof node === 'string' ? node : withBlanks(node)))
  if (isCitation(element))
    return { ...element, children: children.flatMap((node, index) => parted(node, index, children)) }
  const between = { name: ' ', 'person-group': ', ' }[element.name]
  const isMarked = children.some((node) => typeof node === 'string' && node.trim() !== '')
  if (between === undefined || isMarked) return { ...element, children }
  const parts = children.filter((node) => typeof node !== 'string')
  return { ...element, children: parts.flatMap((node, index) => (index === 0 ? [node] : [between, node])) }
}

function isCitation({ name }: Element): boolean {
  return name.endsWith('citation')
}

/** Parts of a citation: `<source>` and `<volume>`, but not what only looks different, such as `<italic>` and `<sup>`. */
const inlineParts = new Set(['italic', 'bold', 'sup', 'sub', 'sc', 'underline', 'styled-content', 'named-content'])

/** A part of a citation, with a blank before it where it hangs at the one before. */
function parted(node: Node, index: number, all: readonly Node[]): readonly Node[] {
  const before = all[index - 1]
  const isPart = (one: Node | undefined) => one !== undefined && isElement(one) && !inlineParts.has(one.name)
  return isPart(node) && isPart(before) ? [' ', node] : [node]
}

/** The reference as what its citation says it is, or undefined when something required is missing. */
function known(citation: Citation, head: Head): Reference | undefined {
  const { authorsEtAl, doi, uri, pmid, volume, pages, publisher, source, accession } = citation
  const authors = citation.authors.length > 0 ? citation.authors : undefined
  const common = { ...head, authors, authorsEtAl }
  const title = citation.dataTitle ?? citation.articleTitle ?? citation.chapterTitle ?? source
  const articleTitle = citation.articleTitle ?? citation.chapterTitle
  switch (citation.kind.toLowerCase()) {
    case 'journal':
    case 'article':
    case 'article-journal':
    case 'journal-article':
      if (!authors || !articleTitle || !source) return undefined
      return {
        type: 'journal',
        ...common,
        articleTitle,
        journal: source,
        volume,
        pages,
        doi,
        pmid,
        uri: doi ? undefined : uri,
      }
    case 'book':
    case 'chapter':
    case 'book-chapter':
      return bookOf(citation, head)
    case 'confproc':
    case 'conf-proceedings':
    case 'conference':
    case 'paper-conference': {
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
    case 'data':
    case 'dataset': {
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
    case 'software': {
      // Where no publisher is named, the source is the repository or company that has it.
      const from = publisher ?? (source !== undefined && source !== title ? { name: [source] } : undefined)
      if (!authors || !title || !from) return undefined
      return { type: 'software', ...common, title, publisher: from, version: citation.version, doi, uri }
    }
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
  const { authors, editors, publisher, pages } = citation
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
  // Some journals write the title of a chapter as that of an article.
  const chapterTitle = citation.chapterTitle ?? (citation.source ? citation.articleTitle : undefined)
  const isChapter = authors.length > 0 && editors.length > 0 && pages !== undefined
  if (chapterTitle && isChapter) return { type: 'book-chapter', ...book, chapterTitle, pages }
  return citation.chapterTitle ? undefined : { type: 'book', ...book }
}

function unknown(citation: Citation, head: Head, parts: Element): Reference {
  const { dataTitle, articleTitle, chapterTitle, source, comment, publisher, volume, pages, uri } = citation
  const title = articleTitle ?? chapterTitle ?? dataTitle ?? source ?? comment ?? (htmlOf(parts) || undefined)
  const range = typeof pages === 'object' ? pages.range : pages
  const details = [source, volume, range, publisher?.name[0], comment].filter((part) => part && part !== title)
  const authors = citation.authors.length > 0 ? citation.authors : citation.editors
  return {
    type: 'unknown',
    ...head,
    authors: authors.length > 0 ? authors : undefined,
    authorsEtAl: citation.authorsEtAl,
    title,
    details: details.join(', ') || undefined,
    uri,
  }
}
