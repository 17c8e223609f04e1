import { attributeOf, childOf, childrenOf, textOf, type Element } from '@continuum/article/jats'
import type { PartialDate } from './record.ts'

/** Kinds of `pub-date` that say when the article came out, the best first. Those of a collection or an issue don't. */
const kinds = /^(pub|publication|epub|epub-ppub|electronic|ppub|print)$/

/** The day on which the XML says that the article came out; the best kind that says it to the day, else the best there is. */
export function publicationDate(meta: Element | undefined): PartialDate | undefined {
  const dates = childrenOf(meta, 'pub-date').flatMap((element) => {
    const kind =
      attributeOf(element, 'date-type') ??
      attributeOf(element, 'pub-type') ??
      attributeOf(element, 'publication-format')
    const date = dateIn(element)
    return date !== undefined && kinds.test(kind ?? 'pub') ? [date] : []
  })
  return dates.find((date) => date.length === 10) ?? dates[0]
}

/** A date of the history, by its type. */
export function historyDate(meta: Element | undefined, type: string): PartialDate | undefined {
  return dateIn(childrenOf(childOf(meta, 'history'), 'date').find((date) => attributeOf(date, 'date-type') === type))
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A date as far as it is one of the calendar. */
export function dateIn(element: Element | undefined): PartialDate | undefined {
  if (element === undefined) return undefined
  const part = (name: string) => textOf(childOf(element, name))
  const [year, month, day] = part('year')
    ? [part('year'), monthOf(part('month')), part('day').padStart(2, '0')]
    : (attributeOf(element, 'iso-8601-date') ?? '').slice(0, 10).split('-')
  if (year === undefined || !/^[12]\d{3}$/.test(year)) return undefined
  if (month === undefined || !/^(0[1-9]|1[0-2])$/.test(month)) return year
  return day !== undefined && isDay(`${year}-${month}-${day}`) ? `${year}-${month}-${day}` : `${year}-${month}`
}

function monthOf(written: string): string {
  const named = months.indexOf(written.slice(0, 3).toLowerCase())
  return named < 0 ? written.padStart(2, '0') : String(named + 1).padStart(2, '0')
}

function isDay(date: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false
  try {
    return Temporal.PlainDate.from(date).toString() === date
  } catch {
    return false
  }
}
