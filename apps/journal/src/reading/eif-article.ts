import { Type } from 'typebox'
import { entriesOf, partOf, type Article } from '../article/article.ts'
import { authorLine, cardOf } from '../pages/article-card.ts'
import type { Edition } from '../editions/edition.ts'

const Keywords = Type.Object({ 'author-keywords': Type.Optional(Type.Unknown()) })

/**
 * Returns the article that a posted document describes, for versions that the article store does not have, as when another
 * pipeline posts here. It has no text, but everything that is needed to find and cite the article.
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
    kind: card.kind,
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
