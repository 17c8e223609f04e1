import type { ArticleXml } from '@continuum/article'

type Element = ArticleXml['root']

/** Tells if an XML is a whole article: it has metadata, a text, and an identifier of any kind. */
export function isWhole(root: Element): boolean {
  const meta = below(below(root, 'front'), 'article-meta')
  return meta !== undefined && below(root, 'body') !== undefined && below(meta, 'article-id') !== undefined
}

function below(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((node): node is Element => typeof node !== 'string' && node.name === name)
}
