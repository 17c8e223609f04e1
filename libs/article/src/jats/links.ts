import { doiAddress, webAddress } from './web-address.ts'
import { attributeOf, isElement, type Element } from './tree.ts'

const linking = ['ext-link', 'uri', 'related-article', 'related-object', 'inline-supplementary-material', 'self-uri']

/**
 * The address that an element of the text leads to: within the article, to the web, to a DOI or to a person.
 *
 * @param ids of all places in the article, where they are known: of several that an element means the first that is there;
 *   a link to what is nowhere leads nowhere, and is told of by the loss report
 */
export function addressOf(element: Element, ids?: ReadonlySet<string>): string | undefined {
  const { name } = element
  if (name === 'xref') {
    const targets = attributeOf(element, 'rid')?.trim().split(/\s+/) ?? []
    const target = ids ? targets.find((id) => ids.has(id)) : targets[0]
    return target ? `#${target}` : undefined
  }
  if (name === 'email') return webAddress(`mailto:${textIn(element)}`)
  if (!linking.includes(name)) return undefined
  const href = attributeOf(element, 'xlink:href') ?? (name === 'uri' ? textIn(element) : undefined)
  if (!href) return undefined
  if (/^#\S+$/.test(href)) return ids && !ids.has(href.slice(1)) ? undefined : href
  const isDoi = attributeOf(element, 'ext-link-type') === 'doi' || /^(?:(?:info:)?doi[:/])?10\.\d{4,}\//i.test(href)
  return isDoi && !/^https?:/i.test(href) ? doiAddress(href.replace(/^(?:info:)?doi[:/]/i, '')) : webAddress(href)
}

/** The text of an element, as it is written. */
export function textIn(element: Element | undefined): string {
  return (element?.children ?? [])
    .map((node) => (isElement(node) ? textIn(node) : node))
    .join('')
    .trim()
}
