import type { ArticleXml } from './parse.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, textOf, type Element } from './tree.ts'

/** Days on the way to publication, as UTC instants at midnight; undefined where the XML does not say them in full. */
export interface ArticleDates {
  /** When the article, not this version, was first published. */
  readonly published: string | undefined
  readonly received: string | undefined
  readonly accepted: string | undefined
  readonly sentForReview: string | undefined
}

/** Reads `pub-date` and `history`. A date that is no day of the calendar counts as absent. */
export function articleDates({ root }: ArticleXml): ArticleDates {
  const meta = childOf(root, 'front', 'article-meta')
  const history = childrenOf(childOf(meta, 'history'), 'date')
  const ofType = (type: string) => history.find((date) => attributeOf(date, 'date-type') === type)
  return {
    published: instantOf(publicationDate(meta)),
    received: instantOf(ofType('received')),
    accepted: instantOf(ofType('accepted')),
    sentForReview: instantOf(ofType('sent-for-review')),
  }
}

/** The year of the volume: of publication, else of the collection that the article belongs to. */
export function publicationYear({ root }: ArticleXml): number | undefined {
  const meta = childOf(root, 'front', 'article-meta')
  const year = Number(textOf(childOf(publicationDate(meta) ?? childOf(meta, 'pub-date'), 'year')))
  return Number.isInteger(year) && year > 0 ? year : undefined
}

/** Preprints of the article that its publication history names, oldest first. */
export function preprints({ root }: ArticleXml): readonly { readonly date: string; readonly uri: string }[] {
  const history = childOf(root, 'front', 'article-meta', 'pub-history')
  return [...descendantsOf(history, ['event'])].flatMap((event) => {
    const date = childrenOf(event, 'date').find((d) => attributeOf(d, 'date-type') === 'preprint')
    const instant = instantOf(date)
    const uri = attributeOf(childOf(event, 'self-uri'), 'xlink:href')
    return instant && uri ? [{ date: instant, uri }] : []
  })
}

function publicationDate(meta: Element | undefined): Element | undefined {
  return childrenOf(meta, 'pub-date').find((date) => {
    const type = attributeOf(date, 'date-type') ?? attributeOf(date, 'pub-type') ?? ''
    return ['pub', 'publication', 'epub'].includes(type)
  })
}

function instantOf(date: Element | undefined): string | undefined {
  const part = (name: string, digits: number) => textOf(childOf(date, name)).padStart(digits, '0')
  const day = `${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(day)) return undefined
  try {
    return `${Temporal.PlainDate.from(day).toString()}T00:00:00Z`
  } catch {
    return undefined
  }
}
