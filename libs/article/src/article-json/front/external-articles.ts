import { childOf, childrenOf, firstBelow, textOf, type Element } from '../../jats/tree.ts'
import type { ExternalArticle } from '../article.ts'
import { readCitation } from '../references/citation.ts'

/** Articles of other journals that this one is about, where the XML cites them in full beside its related articles. */
export function externalArticles(root: Element): readonly ExternalArticle[] {
  const meta = childOf(root, 'front', 'article-meta')
  return childrenOf(meta, 'related-object', 'related-article').flatMap((related) => {
    const element = firstBelow(related, 'mixed-citation', 'element-citation') ?? related
    const { articleTitle, source, authors, uri } = readCitation(element)
    const names = authors.map((author) => (author.type === 'group' ? author.name : author.name.preferred))
    const authorLine = names.join(', ') || textOf(firstBelow(element, 'person-group'))
    if (!articleTitle || !source || !authorLine || !uri) return []
    return [{ type: 'external-article', articleTitle, journal: source, authorLine, uri }]
  })
}
