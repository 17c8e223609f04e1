import { articleIdOfDoi, parseArticleId, type Journal } from '@continuum/article'
import { entriesOf, Person, type Article } from '../article/article.ts'
import { citedNameOf } from './people.ts'

const namedAuthors = 10

/** The elements of a citation, besides the title. */
export interface Citation {
  /** `Hirano A, Shi G` */
  authors: string
  year: number | undefined
  journal: string
  /** `5:e16695` */
  place: string
  doi: string
}

/** The journal of an article: the one that its id names, or where several have bare numbers, that its DOI names. */
export function journalOf(journals: readonly Journal[], { id, doi }: { id: string; doi: string }): Journal | undefined {
  const named = parseArticleId(id, journals)?.journal
  if (named && !named.bareIds) return named
  return journals.find((journal) => articleIdOfDoi(journal, doi) !== undefined) ?? named ?? journals[0]
}

export function citationOf(of: {
  article: Article
  journal: { name: string }
  dates: { published: Temporal.Instant } | undefined
}): Citation {
  const { article, journal, dates } = of
  const names = entriesOf(Person, article.authors).map(citedNameOf)
  const authors = names.length > namedAuthors ? [...names.slice(0, namedAuthors), 'et al.'] : names
  return {
    authors: authors.join(', '),
    year: dates?.published.toZonedDateTimeISO('UTC').year,
    journal: journal.name,
    place: [article.volume, article.elocationId].filter((part) => part !== undefined).join(':'),
    doi: article.doi,
  }
}
