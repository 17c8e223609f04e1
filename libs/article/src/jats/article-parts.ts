import { childOf, type Element } from './tree.ts'

/** The metadata of an article, a sub-article or a response. */
export function metaOf(article: Element): Element | undefined {
  return childOf(article, 'front', 'article-meta') ?? childOf(article, 'front-stub')
}
