import type { ArticleFacts } from './facts.ts'
import { xml } from './xml.ts'

/** An article in a feed. Its id is the DOI: it stays over all versions. */
export interface FeedItem {
  facts: ArticleFacts
  published: Temporal.Instant
  updated: Temporal.Instant
}

export interface Feed {
  title: string
  /** Of the feed itself, absolute. */
  address: string
  /** Of the page that it follows. */
  home: string
  updated: Temporal.Instant
  items: readonly FeedItem[]
}

const idOf = ({ doi }: ArticleFacts) => `https://doi.org/${doi}`
const seconds = (at: Temporal.Instant) => at.toString({ smallestUnit: 'second' })
const rfc822 = (at: Temporal.Instant) => new Date(at.epochMilliseconds).toUTCString()

/** Writes a feed as Atom (RFC 4287). */
export function atomOf({ title, address, home, updated, items }: Feed): string {
  return xml`${{ xml: '<?xml version="1.0" encoding="UTF-8"?>\n' }}<feed xmlns="http://www.w3.org/2005/Atom">
<id>${address}</id><title>${title}</title><updated>${seconds(updated)}</updated>
<link rel="self" type="application/atom+xml" href="${address}"/><link rel="alternate" type="text/html" href="${home}"/>
<author><name>${title}</name></author>
${items.map(
  (item) => xml`<entry><id>${idOf(item.facts)}</id><title>${item.facts.title}</title>
<link rel="alternate" type="text/html" href="${item.facts.url}"/>
<published>${seconds(item.published)}</published><updated>${seconds(item.updated)}</updated>
${item.facts.authors.map(({ name }) => xml`<author><name>${name}</name></author>`)}
${item.facts.subjects.map((term) => xml`<category term="${term}"/>`)}
${item.facts.abstract && xml`<summary>${item.facts.abstract}</summary>`}</entry>
`,
)}</feed>
`.xml
}

/** Writes a feed as RSS 2.0. */
export function rssOf({ title, address, home, updated, items }: Feed): string {
  return xml`${{ xml: '<?xml version="1.0" encoding="UTF-8"?>\n' }}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>${title}</title><link>${home}</link><description>The latest articles of ${title}</description>
<atom:link rel="self" type="application/rss+xml" href="${address}"/><lastBuildDate>${rfc822(updated)}</lastBuildDate>
${items.map(
  (
    item,
  ) => xml`<item><guid isPermaLink="true">${idOf(item.facts)}</guid><title>${item.facts.title}</title><link>${item.facts.url}</link>
<pubDate>${rfc822(item.published)}</pubDate>
${item.facts.authors.map(({ name }) => xml`<dc:creator>${name}</dc:creator>`)}
${item.facts.subjects.map((term) => xml`<category>${term}</category>`)}
${item.facts.abstract && xml`<description>${item.facts.abstract}</description>`}</item>
`,
)}</channel></rss>
`.xml
}

/** Writes a feed as JSON Feed 1.1. */
export function jsonFeedOf({ title, address, home, items }: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: home,
    feed_url: address,
    items: items.map(({ facts, published, updated }) => ({
      id: idOf(facts),
      url: facts.url,
      title: facts.title,
      content_text: facts.abstract ?? facts.title,
      date_published: seconds(published),
      date_modified: seconds(updated),
      authors: facts.authors.map(({ name, orcid }) => ({ name, ...(orcid && { url: `https://orcid.org/${orcid}` }) })),
      tags: facts.subjects,
      language: facts.language,
    })),
  })
}
