import { articleOfDoi } from '../journal/article-id.ts'
import type { Journal } from '../journal/journal.ts'
import type { ArticleXml } from './reading/parse.ts'
import { attributeOf, childOf, childrenOf } from './tree.ts'

/** Another article that this one is about, corrects, or is commented by. */
export interface RelatedArticle {
  /** As the XML says it: `corrected-article`, `commentary-article`, `commentary`, `article-reference`... */
  readonly type: string
  readonly doi: string
  /** Its id, when it is of one of the journals that are published here. */
  readonly articleId: string | undefined
}

/** `related-article` links that name a DOI, each article once for a type. */
export function relatedArticles({ root }: ArticleXml, journals: readonly Journal[]): readonly RelatedArticle[] {
  const links = childrenOf(childOf(root, 'front', 'article-meta'), 'related-article')
  const related = links.flatMap((link) => {
    const doi = attributeOf(link, 'xlink:href')?.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i, '')
    const type = attributeOf(link, 'related-article-type') ?? 'article-reference'
    return doi?.startsWith('10.') ? [{ type, doi, articleId: articleOfDoi(journals, doi) }] : []
  })
  return [...new Map(related.map((link) => [`${link.type} ${link.doi}`, link])).values()]
}
