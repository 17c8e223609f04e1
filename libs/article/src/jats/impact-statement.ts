import type { ArticleXml } from './reading/parse.ts'
import { childOf, descendantsOf, textOf, type Element } from './tree.ts'

/** The sentence that says why the article matters, in the XML's custom metadata. */
export function impactStatementElement({ root }: ArticleXml): Element | undefined {
  const metas = descendantsOf(childOf(root, 'front', 'article-meta', 'custom-meta-group'), ['custom-meta'])
  const impact = [...metas].find((meta) => /impact statement$/i.test(textOf(childOf(meta, 'meta-name'))))
  return childOf(impact, 'meta-value')
}
