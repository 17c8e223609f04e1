import { articleIdOfDoi, type Journal } from '../journal.ts'
import type { ArticleXml } from './parse.ts'
import { attributeOf, childOf, childrenOf } from './tree.ts'

/** Another article that this one is about, corrects, or is commented by. */
export interface RelatedArticle {
  /** As the XML says it: `corrected-article`, `commentary-article`, `commentary`, `article-reference`... */
  readonly type: string
  readonly doi: string
  /** Its number, when it is of the same journal. */
  readonly articleId: string | undefined
}

/** `related-article` links that name a DOI, each article once for a type. */
export function relatedArticles({ root }: ArticleXml, journal: Journal): readonly RelatedArticle[] {
  const links = childrenOf(childOf(root, 'front', 'article-meta'), 'related-article')
  const related = links.flatMap((link) => {
    const doi = attributeOf(link, 'xlink:href')?.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i, '')
    const type = attributeOf(link, 'related-article-type') ?? 'article-reference'
    return doi?.startsWith('10.') ? [{ type, doi, articleId: articleIdOfDoi(journal, doi) }] : []
  })
  return [...new Map(related.map((link) => [`${link.type} ${link.doi}`, link])).values()]
}
