import { safe, type Html } from './html.ts'

/**
 * A part of a page, for another page: links to places that are not in it lead to the page that has them.
 *
 * @param address of that page
 */
export function fromPage(address: string, part: Html): Html {
  const written = part.toString()
  const ids = new Set([...written.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id))
  return safe(
    written.replaceAll(/href="#([^"]*)"/g, (link, id: string) => (ids.has(id) ? link : `href="${address}#${id}"`)),
  )
}
