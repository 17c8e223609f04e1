import { addressOf, dayOf, type JournalDetails, type PublishedVersion } from '../record/journal.ts'
import type { ArticleRecord, RecordContributor, Review } from '../record/record.ts'
import { uniqueBy } from '../record/unique.ts'
import { el, elWith, type XmlElement } from '../xml/element.ts'
import { dateElement, publicationDay } from './article.ts'
import { contributorsElement } from './contributors.ts'
import { licenceProgram } from './programs.ts'
import { relationsProgram } from './relations.ts'
import { facesOf } from './text.ts'

/** Letters that are records of their own: those with a DOI. */
export function depositedReviews({
  reviews,
}: Pick<ArticleRecord, 'reviews'>): readonly (Review & { readonly doi: string })[] {
  return reviews.flatMap((review) => (review.doi === undefined ? [] : [{ ...review, doi: review.doi }]))
}

/** A peer review: a letter to the authors, or their answer. */
export function peerReviewElement(
  review: Review & { readonly doi: string },
  record: ArticleRecord,
  { journal, published }: { journal: JournalDetails; published: PublishedVersion },
): XmlElement {
  const { addresses } = journal
  const kind = kindOf(review)
  const date = review.date?.length === 10 ? review.date : dayToTheDay(record, published)
  const address = { id: published.id, version: published.version, doi: record.doi, fragment: review.id ?? review.doi }
  const people = peopleOf(review, record, kind)
  return elWith(
    'peer_review',
    { stage: 'pre-publication', type: kind },
    contributorsElement(people, (person) => roleOf(person, kind)),
    el('titles', el('title', `${review.title || 'Peer review'}: `, facesOf(record.title))),
    dateElement('review_date', date),
    licenceProgram({ licenceUrl: review.licenceUrl ?? record.licenceUrl }, undefined),
    relationsProgram([
      { kind: 'inter', type: 'isReviewOf', identifierType: 'doi', identifier: record.versionDoi ?? record.doi },
    ]),
    el(
      'doi_data',
      el('doi', review.doi),
      el('resource', addressOf(addresses.reviews ?? `${addresses.article}#{fragment}`, address)),
    ),
  )
}

type Kind = 'editor-report' | 'referee-report' | 'author-comment'

function kindOf({ type }: Review): Kind {
  if (/reply|author|response/.test(type)) return 'author-comment'
  return /referee|reviewer/.test(type) ? 'referee-report' : 'editor-report'
}

/** Each person once; an answer that names nobody is by the article's authors. */
function peopleOf({ contributors }: Review, { authors }: ArticleRecord, kind: Kind): readonly RecordContributor[] {
  const named = contributors.filter((person) => person.kind !== 'anonymous')
  const people = named.length > 0 || kind !== 'author-comment' ? named : authors
  return uniqueBy(people, ({ givenNames = '', name }) => `${givenNames} ${name}`.toLowerCase())
}

function roleOf({ type }: RecordContributor, kind: Kind): 'author' | 'editor' | 'reviewer' {
  if (kind === 'author-comment') return 'author'
  if (/editor/i.test(type)) return 'editor'
  return /review/i.test(type) ? 'reviewer' : kind === 'referee-report' ? 'reviewer' : 'editor'
}

/** The review's date must be a day. */
function dayToTheDay(record: ArticleRecord, published: PublishedVersion): string {
  const date = publicationDay(record, published)
  return date.length === 10 ? date : dayOf(published.published)
}
