import { metaOf } from '../../jats/article-parts.ts'
import { inlineHtml } from '../../jats/markup.ts'
import { pieces } from '../../jats/pieces.ts'
import { attributeOf, childrenOf, type Element } from '../../jats/tree.ts'
import { doiAddress, webAddress } from '../../jats/web-address.ts'

/** Something that the article is about, belongs to or is accompanied by, as the XML describes it. */
export interface RelatedLink {
  /** As the XML says it: `commentary-article`, `book-review`, `product`. */
  readonly type?: string | undefined
  /** Its description, with inline HTML. */
  readonly text?: string | undefined
  readonly uri?: string | undefined
}

/**
 * Related articles and objects, and products under review, that the XML describes or that are no article with a DOI: those
 * are found by their DOI.
 */
export function relatedLinksOf(article: Element): readonly RelatedLink[] {
  const found = childrenOf(metaOf(article), 'related-article', 'related-object', 'product')
  const links = found.flatMap((element): readonly RelatedLink[] => {
    const href = attributeOf(element, 'xlink:href') ?? ''
    const uri = /^(?:doi:)?10\.\d{4,}\//i.test(href) ? doiAddress(href) : webAddress(href)
    const text = inlineHtml(pieces(element)) || undefined
    if (!text && (!uri || uri.startsWith('https://doi.org/'))) return []
    return [{ type: typeOf(element), text, uri }]
  })
  return [...new Map(links.map((link) => [JSON.stringify(link), link])).values()]
}

function typeOf(element: Element): string {
  return (
    attributeOf(element, 'related-article-type') ??
    attributeOf(element, 'object-type') ??
    attributeOf(element, 'product-type') ??
    element.name
  )
}
