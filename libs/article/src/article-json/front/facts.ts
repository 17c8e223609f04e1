import { metaOf } from '../../jats/article-parts.ts'
import { inlineHtml } from '../../jats/markup.ts'
import { pieces } from '../../jats/pieces.ts'
import { attributeOf, childOf, childrenOf, textOf, type Element, type Node } from '../../jats/tree.ts'

/** An entry of the metadata that has no place of its own: the title of an issue, a conference, an address. */
export interface Fact {
  /** As the XML says it: `issue-title`, `conference`, or the name of a custom entry. */
  readonly type: string
  readonly lang?: string | undefined
  /** With inline HTML. */
  readonly text: string
}

/** Entries that only an article has elsewhere: for a sub-article they are facts too. */
const ofArticles = ['volume', 'issue', 'elocation-id', 'fpage', 'lpage', 'page-range']

const plain = [
  'issue-title',
  'issue-title-group',
  'issue-subtitle',
  'issue-sponsor',
  'issue-part',
  'volume-series',
  'volume-issue-group',
  'supplement',
  'isbn',
  'conference',
  'email',
  'ext-link',
  'uri',
  'self-uri',
]

/**
 * Facts of the metadata of an article or a sub-article that nothing else of article JSON has.
 *
 * @param used entries that are shown elsewhere, such as the impact statement
 */
export function factsOf(article: Element, used: readonly (Element | undefined)[]): readonly Fact[] {
  const meta = metaOf(article)
  const names = childOf(article, 'front-stub') ? [...plain, ...ofArticles] : plain
  const series = childrenOf(childOf(meta, 'article-categories'), 'series-title', 'series-text')
  return [
    ...childrenOf(meta, ...names).flatMap((element) => factOf(element, element.name)),
    ...series.flatMap((element) => factOf(element, 'series')),
    ...childrenOf(meta, 'pub-date').flatMap(seasonOf),
    ...childrenOf(meta, 'article-id', 'article-version').flatMap(versionOf),
    ...childrenOf(meta, 'custom-meta-group', 'custom-meta-wrap').flatMap((group) =>
      childrenOf(group, 'custom-meta').flatMap((custom) => customOf(custom, used)),
    ),
  ]
}

function factOf(element: Element, type: string): readonly Fact[] {
  const text = inlineHtml(pieces(element))
  return text ? [{ type, lang: attributeOf(element, 'xml:lang'), text }] : []
}

/** A date in words, such as the season of an issue, where no day stands for it. */
function seasonOf(date: Element): readonly Fact[] {
  const told = childrenOf(date, 'season', 'string-date', 'era')
  return told.length > 0 ? factOf({ ...date, children: separated(childrenOf(date)) }, 'publication date') : []
}

function separated(elements: readonly Element[]): readonly Node[] {
  return elements.flatMap((element) => [' ', element])
}

/** The DOI of this version alone. */
function versionOf(id: Element): readonly Fact[] {
  const isOfVersion = attributeOf(id, 'specific-use') === 'version' && attributeOf(id, 'pub-id-type') === 'doi'
  return isOfVersion ? factOf(id, 'DOI of this version') : []
}

/** Entries with words: numbers are for machines, as the version of the tagging. */
function customOf(custom: Element, used: readonly (Element | undefined)[]): readonly Fact[] {
  const [name, value] = [childOf(custom, 'meta-name'), childOf(custom, 'meta-value')]
  if (!value || used.includes(value) || !/\p{L}/u.test(textOf(value))) return []
  if (/^data availability/i.test(textOf(name))) return []
  return factOf(value, textOf(name) || 'custom')
}
