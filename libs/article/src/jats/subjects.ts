import type { ArticleXml } from './reading/parse.ts'
import { attributeOf, childOf, childrenOf, textOf } from './tree.ts'

/** The categories under which the journal files an article. */
export interface ArticleCategories {
  /** The kind of article as readers see it: `Research Article`. */
  readonly displayChannel: readonly string[]
  /** The series or theme above a title: `Living Science`. */
  readonly subDisplayChannel: readonly string[]
  /** The kind of article: the display channel, else the first heading. */
  readonly kind: string | undefined
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
  const displayChannel = ofType('display-channel')
  const heading = ofType('heading')
  const known = ['display-channel', 'sub-display-channel', 'heading']
  const others = groups
    .filter((group) => !known.includes(attributeOf(group, 'subj-group-type') ?? ''))
    .flatMap((group) => childrenOf(group, 'subject').map(textOf).filter(Boolean))
  return {
    displayChannel,
    subDisplayChannel: ofType('sub-display-channel'),
    // A journal without display channels says the kind in the first heading; its fields stand in groups of other names.
    kind: displayChannel[0] ?? heading[0],
    subjects: displayChannel.length > 0 ? heading : [...heading.slice(1), ...others],
  }
}

/**
 * The type of article JSON: `research-article`, `feature`, `insight`... of the display channel, else of the first heading, else
 * `article-type` of the XML. Undefined when there is none of them.
 */
export function articleTypeOf({ kind = '' }: ArticleCategories, jatsType: string | undefined): string | undefined {
  const channel = kind.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const slug = channel.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
  return (typeOfChannel[channel] ?? slug) || jatsType
}

/** Keywords of one kind, as elements, for they may hold markup. */
export function keywordElements({ root }: ArticleXml, kind: 'author-keywords' | 'research-organism') {
  return childrenOf(childOf(root, 'front', 'article-meta'), 'kwd-group')
    .filter((group) => attributeOf(group, 'kwd-group-type') === kind)
    .flatMap((group) => childrenOf(group, 'kwd'))
}
