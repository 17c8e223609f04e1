import { Type } from 'typebox'
import { entriesOf, partOf, type Article } from '../article/article.ts'
import { authorLine, cardOf } from '../pages/article-card.ts'
import type { Edition } from '../editions/edition.ts'

const Keywords = Type.Object({ 'author-keywords': Type.Optional(Type.Unknown()) })

/**
 * An article as far as the posted document tells of it: for versions that the article store does not have, as when
 * somebody else's pipeline posts here. There is no text in it, but everything that finds and cites the article.
 */
export function articleOfEif(edition: Edition): Article {
  const { eif } = edition
  const card = cardOf(edition)
  const keywords = partOf(Keywords, Reflect.get(eif, 'keywords'))
  return {
    id: card.id,
    version: eif.version,
    status: eif.status.toLowerCase(),
    type: eif['article-type'],
    doi: eif.doi,
    title: card.title,
    ...(eif.volume !== undefined && { volume: eif.volume }),
    ...(eif['elocation-id'] !== undefined && { elocationId: eif['elocation-id'] }),
    authorLine: authorLine(card.authors),
    authors: card.authors.map((name) => ({ type: 'person', name: { preferred: name } })),
    subjects: card.subjects.map((name) => ({ name })),
    keywords: entriesOf(Type.String(), keywords?.['author-keywords']),
    ...(card.statement && { impactStatement: card.statement }),
  }
}
