import type { ArticleXml } from './parse.ts'
import { attributeOf, childOf, childrenOf, textOf } from './tree.ts'

/** What the journal files an article under. */
export interface ArticleCategories {
  /** The kind of article as readers see it: `Research Article`. */
  readonly displayChannel: readonly string[]
  /** The series or theme above a title: `Living Science`. */
  readonly subDisplayChannel: readonly string[]
  /** Fields of research. */
  readonly subjects: readonly string[]
}

/** Names in article JSON that are not simply the display channel in lower case with hyphens. */
const typeOfChannel: Readonly<Record<string, string>> = {
  'expression of concern': 'expression-concern',
  'feature article': 'feature',
  'tools and resources': 'tools-resources',
}

export function articleCategories({ root }: ArticleXml): ArticleCategories {
  const groups = childrenOf(childOf(root, 'front', 'article-meta', 'article-categories'), 'subj-group')
  const ofType = (type: string) =>
    groups
      .filter((group) => attributeOf(group, 'subj-group-type') === type)
      .flatMap((group) => childrenOf(group, 'subject'))
      .map(textOf)
      .filter(Boolean)
  return {
    displayChannel: ofType('display-channel'),
    subDisplayChannel: ofType('sub-display-channel'),
    subjects: ofType('heading'),
  }
}

/** The type of article JSON: `research-article`, `feature`, `insight`... Undefined when there is no display channel. */
export function articleTypeOf({ displayChannel }: ArticleCategories): string | undefined {
  const channel = displayChannel[0]?.toLowerCase()
  return channel && (typeOfChannel[channel] ?? channel.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, ''))
}

/** Keywords of one kind, as elements, for they may hold markup. */
export function keywordElements({ root }: ArticleXml, kind: 'author-keywords' | 'research-organism') {
  return childrenOf(childOf(root, 'front', 'article-meta'), 'kwd-group')
    .filter((group) => attributeOf(group, 'kwd-group-type') === kind)
    .flatMap((group) => childrenOf(group, 'kwd'))
}
