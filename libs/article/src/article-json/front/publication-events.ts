import { htmlOf } from '../../jats/markup.ts'
import { escapeText } from '../../jats/escape.ts'
import { attributeOf, childOf, childrenOf, textOf, type Element } from '../../jats/tree.ts'
import { doiAddress, webAddress } from '../../jats/web-address.ts'

/** Something that happened to the article before or after this version. */
export interface PublicationEvent {
  /** As the XML says it: `preprint`, `reviewed-preprint`. */
  readonly type?: string | undefined
  readonly description?: string | undefined
  /** As far as the XML tells it: a year, a month or a day. */
  readonly date?: string | undefined
  readonly uri?: string | undefined
}

/** Dates of the history that are told with the version, if they are days. */
const toldElsewhere = ['received', 'accepted']

/** The publication history, in the order of the XML: its events, then the dates on the way to publication. */
export function publicationEventsOf(meta: Element | undefined): readonly PublicationEvent[] {
  return [...eventsOf(meta), ...childrenOf(childOf(meta, 'history'), 'date').flatMap(furtherDate)]
}

/** A date as far as it is one; else as it is written. */
function furtherDate(element: Element): readonly PublicationEvent[] {
  const type = attributeOf(element, 'date-type')
  const date = dayOf(element)
  if (date?.length === 10 && type !== undefined && toldElsewhere.includes(type)) return []
  const parts = ['day', 'month', 'season', 'year', 'era', 'string-date'].flatMap((name) => childrenOf(element, name))
  const isWhole = date !== undefined && date.split('-').length >= parts.length
  const written = parts.map(textOf).filter(Boolean).join(' ')
  return isWhole ? [{ type, date }] : written ? [{ type, description: escapeText(written) }] : []
}

function eventsOf(meta: Element | undefined): readonly PublicationEvent[] {
  return childrenOf(childOf(meta, 'pub-history'), 'event').flatMap((event) => {
    const dates = childrenOf(event, 'date')
    const addresses = childrenOf(event, 'self-uri', 'ext-link', 'event-id', 'article-id')
    const date = dates.map(dayOf).find((day) => day !== undefined)
    const read: PublicationEvent = {
      type:
        attributeOf(event, 'event-type') ??
        dates.map((element) => attributeOf(element, 'date-type')).find((type) => type !== undefined),
      description: htmlOf(childOf(event, 'event-desc')) || undefined,
      date,
      uri: addresses.map(addressOf).find((address) => address !== undefined),
    }
    const parts = childrenOf(event, 'self-uri', 'ext-link').flatMap(partOf)
    return read.description || read.date || read.uri ? [read, ...parts] : parts
  })
}

/** Something that belongs to an event, such as a review of that version, by its name. */
function partOf(element: Element): readonly PublicationEvent[] {
  const description = htmlOf(element)
  if (!/\p{L}/u.test(description) || webAddress(textOf(element)) !== undefined) return []
  return [{ type: attributeOf(element, 'content-type'), description, uri: addressOf(element) }]
}

function addressOf(element: Element): string | undefined {
  const href = attributeOf(element, 'xlink:href')
  if (href) return webAddress(href)
  const text = htmlOf(element)
  return /^(?:doi:\s*)?10\.\d{4,}\//i.test(text) ? doiAddress(text) : undefined
}

/** `2015-01-02` of year, month and day, as far as they are there and numbers. */
function dayOf(element: Element): string | undefined {
  const written = attributeOf(element, 'iso-8601-date')
  if (written && /^[12]\d{3}(?:-\d\d(?:-\d\d)?)?/.test(written)) return written.slice(0, 10)
  const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map((name) => htmlOf(childOf(element, name)))
  if (!/^[12]\d{3}$/.test(year)) return undefined
  const parts = [month, day].map((part) => (/^\d{1,2}$/.test(part) ? part.padStart(2, '0') : ''))
  const iso = [year, parts[0], parts[0] && parts[1]].filter(Boolean).join('-')
  return isOfTheCalendar(iso) ? iso : undefined
}

function isOfTheCalendar(date: string): boolean {
  try {
    return (
      Temporal.PlainDate.from(date + '-01-01'.slice(date.length === 4 ? 0 : date.length === 7 ? 3 : 6)) !== undefined
    )
  } catch {
    return false
  }
}
