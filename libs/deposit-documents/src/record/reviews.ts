import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  metaOf,
  textOf,
  wordsOf,
  type Element,
} from '@continuum/article/jats'
import { dateIn, historyDate } from './dates.ts'
import { doiIn } from './doi.ts'
import { contributorsIn } from './people.ts'
import type { CompetingInterest, Review } from './record.ts'

/** Letters of the review, in their order. */
export function readReviews(root: Element): readonly Review[] {
  return childrenOf(root, 'sub-article', 'response').map((letter) => {
    const meta = metaOf(letter)
    const doi = childrenOf(meta, 'article-id').find((id) => attributeOf(id, 'pub-id-type') === 'doi')
    const licence = childOf(meta, 'permissions', 'license')
    return {
      type: attributeOf(letter, 'article-type') ?? attributeOf(letter, 'response-type') ?? 'other',
      id: attributeOf(letter, 'id'),
      doi: doiIn(textOf(doi)),
      title: textOf(childOf(meta, 'title-group', 'article-title')),
      contributors: contributorsIn(meta, letter).map(({ contributor }) => contributor),
      date: dateIn(childOf(meta, 'pub-date')) ?? historyDate(meta, 'review') ?? historyDate(meta, 'accepted'),
      licenceUrl: attributeOf(licence, 'xlink:href') ?? wordsOf(childOf(licence, 'ali:license_ref')),
    }
  })
}

/** Statements of interest by their ids, to which contributors point. */
export function readCompetingInterests(root: Element): readonly CompetingInterest[] {
  const notes = [...descendantsOf(root, ['fn'], ['sub-article', 'response', 'table-wrap'])]
  return notes.flatMap((fn) => {
    const type = attributeOf(fn, 'fn-type') ?? ''
    const id = attributeOf(fn, 'id')
    const text = childrenOf(fn, 'p').map(textOf).join(' ').trim()
    return /^(conflict|COI-statement|coi-statement)$/.test(type) && id !== undefined && text ? [{ id, text }] : []
  })
}
