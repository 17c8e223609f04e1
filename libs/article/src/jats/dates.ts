import type { DatePrecision, Journal } from '../journal/journal.ts'
import type { ArticleXml } from './reading/parse.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, isElement, textOf, type Element } from './tree.ts'

/** Days on the way to publication, as UTC instants at midnight; undefined where the XML does not say them in full. */
export interface ArticleDates {
  /** Day of the first publication of the article, not of this version: of a date that is less exact than a day, its first instant. */
  readonly published: string | undefined
  /** The exactness of the XML about it. */
  readonly publishedPrecision: DatePrecision | undefined
  readonly received: string | undefined
  readonly accepted: string | undefined
  readonly sentForReview: string | undefined
}

type DateRule = Journal['publicationDate']

/** A day, a month or a year, as ISO 8601 writes it: `2021-03-04`, `2021-03`, `2021`. */
interface CalendarDate {
  readonly iso: string
  readonly precision: DatePrecision
}

const exactness: readonly DatePrecision[] = ['year', 'month', 'day']

/**
 * Reads `pub-date` and `history`. A date that is no day of the calendar counts as absent.
 *
 * @param rule which kinds of `pub-date` count, the best first: the first counts that is as exact as the journal asks, else
 *   the first
 */
export function articleDates({ root }: ArticleXml, rule: DateRule): ArticleDates {
  const meta = childOf(root, 'front', 'article-meta')
  const history = childrenOf(childOf(meta, 'history'), 'date')
  const ofType = (type: string) => history.find((date) => attributeOf(date, 'date-type') === type)
  const published = publicationDate(meta, rule)
  return {
    published: published && instantOf(published),
    publishedPrecision: published?.precision,
    received: dayOf(ofType('received')),
    accepted: dayOf(ofType('accepted')),
    sentForReview: dayOf(ofType('sent-for-review')),
  }
}

/** The month or year of publication, `2026-04`, of an article whose XML says no day. */
export function partialDate({ published, publishedPrecision }: ArticleDates): string | undefined {
  return publishedPrecision === 'day' ? undefined : published?.slice(0, publishedPrecision === 'year' ? 4 : 7)
}

/** Tells if a date is as exact as is asked for. */
export function isAsExactAs(precision: DatePrecision, asked: DatePrecision): boolean {
  return exactness.indexOf(precision) >= exactness.indexOf(asked)
}

/** The year of the volume: of publication, else of the collection that the article belongs to. */
export function publicationYear({ root }: ArticleXml, rule: DateRule): number | undefined {
  const meta = childOf(root, 'front', 'article-meta')
  const known = publicationDate(meta, rule)
  const year = known ? known.iso.slice(0, 4) : textOf(childOf(meta, 'pub-date', 'year'))
  return /^(?!0000)\d{4}$/.test(year) ? Number(year) : undefined
}

/** Preprints of the article that its publication history names, oldest first. */
export function preprints({ root }: ArticleXml): readonly { readonly date: string; readonly uri: string }[] {
  const history = childOf(root, 'front', 'article-meta', 'pub-history')
  return [...descendantsOf(history, ['event'])].flatMap((event) => {
    const date = childrenOf(event, 'date').find((d) => attributeOf(d, 'date-type') === 'preprint')
    const instant = dayOf(date)
    const uri = attributeOf(childOf(event, 'self-uri'), 'xlink:href')
    return instant && uri ? [{ date: instant, uri }] : []
  })
}

function publicationDate(meta: Element | undefined, { types, precision }: DateRule): CalendarDate | undefined {
  const dates = types.flatMap((type) =>
    childrenOf(meta, 'pub-date').flatMap((element) => {
      if (typeOf(element) !== type) return []
      return calendarDate(element) ?? (precision === 'day' ? undefined : sureParts(element)) ?? []
    }),
  )
  return dates.find((date) => isAsExactAs(date.precision, precision)) ?? dates[0]
}

/** `date-type`, `pub-type` of older XML, or `electronic` and `print` where only the format is said. */
function typeOf(date: Element): string {
  return (
    attributeOf(date, 'date-type') ?? attributeOf(date, 'pub-type') ?? attributeOf(date, 'publication-format') ?? 'pub'
  )
}

function dayOf(date: Element | undefined): string | undefined {
  const read = calendarDate(date)
  return read?.precision === 'day' ? instantOf(read) : undefined
}

function instantOf({ iso, precision }: CalendarDate): string {
  return `${iso}${{ day: '', month: '-01', year: '-01-01' }[precision]}T00:00:00Z`
}

/**
 * Day, month and year of a date, as many as there are, or what its `iso-8601-date` says where it has none of them; undefined
 * when they are no date of the calendar, or no year is said.
 */
function calendarDate(date: Element | undefined): CalendarDate | undefined {
  const written = (name: string) => textOf(childOf(date, name))
  const isEmpty = date !== undefined && childrenOf(date, 'year', 'month', 'day', 'season').length === 0
  const [year = '', month = '', day = ''] = isEmpty
    ? (attributeOf(date, 'iso-8601-date') ?? '').replace(/T.*$/, '').split('-')
    : [written('year'), monthOf(written('month')), written('day')]
  if (!/^(?!0000)\d{4}$/.test(year) || (day && !month)) return undefined
  const iso = [year, month && month.padStart(2, '0'), day && day.padStart(2, '0')].filter(Boolean).join('-')
  if (!isOfTheCalendar(iso)) return undefined
  return { iso, precision: day ? 'day' : month ? 'month' : 'year' }
}

/** The year and month, or the year alone, of a date whose day or month is none. */
function sureParts(date: Element): CalendarDate | undefined {
  const without = (...names: readonly string[]) =>
    calendarDate({ ...date, children: date.children.filter((node) => !isElement(node, ...names)) })
  return without('day') ?? without('day', 'month')
}

function isOfTheCalendar(iso: string): boolean {
  if (!/^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(iso)) return false
  try {
    Temporal.PlainDate.from(`${iso}${['-01-01', '-01', ''][iso.split('-').length - 1]}`)
    return true
  } catch {
    return false
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A month by its number, or by its English name. */
function monthOf(written: string): string {
  const named = months.indexOf(written.slice(0, 3).toLowerCase())
  return named < 0 ? written : String(named + 1)
}
