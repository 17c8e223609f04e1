import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../../jats/tree.ts'
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

/** The publication history, in the order of the XML. */
export function publicationEventsOf(meta: Element | undefined): readonly PublicationEvent[] {
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
    return read.description || read.date || read.uri ? [read] : []
  })
}

function addressOf(element: Element): string | undefined {
  const href = attributeOf(element, 'xlink:href')
  if (href) return webAddress(href)
  const text = htmlOf(element)
  return /^(?:doi:\s*)?10\.\d{4,}\//i.test(text) ? doiAddress(text) : undefined
}

/** `2015-01-02` of year, month and day, as far as they are there and numbers. */
function dayOf(date: Element): string | undefined {
  const written = attributeOf(date, 'iso-8601-date')
  if (written && /^[12]\d{3}(?:-\d\d(?:-\d\d)?)?/.test(written)) return written.slice(0, 10)
  const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map((name) => htmlOf(childOf(date, name)))
  if (!/^[12]\d{3}$/.test(year)) return undefined
  const parts = [month, day].map((part) => (/^\d{1,2}$/.test(part) ? part.padStart(2, '0') : ''))
  return [year, parts[0], parts[0] && parts[1]].filter(Boolean).join('-')
}
