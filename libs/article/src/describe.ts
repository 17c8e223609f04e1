import { articleIdOfDoi, canonicalId, volumeOfYear, type ArticleStatus, type Journal } from './journal.ts'
import { namedAssets, type NamedAsset } from './jats/assets.ts'
import { displayName, readContributors, type Contributor } from './jats/contributors.ts'
import { articleDates, publicationYear, type ArticleDates } from './jats/dates.ts'
import { repeatsDoi } from './jats/doi-paragraph.ts'
import { IncompleteArticle } from './jats/errors.ts'
import { impactStatementElement } from './jats/impact-statement.ts'
import { articleLicence, type Licence } from './jats/licence.ts'
import { htmlOf, jatsOf } from './jats/markup.ts'
import type { ArticleXml } from './jats/parse.ts'
import { relatedArticles, type RelatedArticle } from './jats/related.ts'
import { articleCategories, articleTypeOf, keywordElements, type ArticleCategories } from './jats/subjects.ts'
import { attributeOf, childOf, childrenOf, textOf } from './jats/tree.ts'

/** What is known about an article without its text. */
export interface ArticleDescription {
  /** Padded. */
  readonly articleId: string
  readonly doi: string
  /** Plain text. */
  readonly title: string
  /** With inline HTML. */
  readonly titleHtml: string
  /** With inline tags of JATS. */
  readonly titleJats: string
  /** Type in article JSON, from the display channel: `research-article`, `insight`, `correction`... */
  readonly type: string
  /** `article-type` of the XML: `research-article`, `article-commentary`... */
  readonly jatsType: string
  /** An article without a body is a PoA. */
  readonly status: ArticleStatus
  readonly dates: ArticleDates
  readonly volume: number
  readonly elocationId: string
  readonly categories: ArticleCategories
  /** Plain text. */
  readonly keywords: readonly string[]
  readonly researchOrganisms: readonly string[]
  /** Plain text, empty when there is none. */
  readonly abstract: string
  readonly impactStatement: string | undefined
  readonly contributors: readonly Contributor[]
  /** Names of the authors in the byline, `Given Surname`. */
  readonly authors: readonly string[]
  readonly correspondingAuthors: readonly string[]
  readonly related: readonly RelatedArticle[]
  readonly licence: Licence
  readonly assets: readonly NamedAsset[]
  /** Named characters that nobody knows. */
  readonly unknownCharacters: readonly string[]
}

/**
 * Describes an article.
 *
 * @throws {IncompleteArticle} when its number, DOI, title, kind or volume is missing, all of them named at once.
 */
export function describeArticle(xml: ArticleXml, journal: Journal): ArticleDescription {
  const meta = childOf(xml.root, 'front', 'article-meta')
  const identifiers = childrenOf(meta, 'article-id')
  const identifier = (type: string) => textOf(identifiers.find((id) => attributeOf(id, 'pub-id-type') === type))
  const doi = identifier('doi')
  const number = identifier('publisher-id') || (articleIdOfDoi(journal, doi) ?? '')
  const title = childOf(meta, 'title-group', 'article-title')
  const categories = articleCategories(xml)
  const type = articleTypeOf(categories)
  const volume = volumeOf(xml, journal)
  const missing = [
    /^\d+$/.test(number) ? [] : 'the article number (article-id of type publisher-id)',
    doi ? [] : 'the DOI (article-id of type doi)',
    textOf(title) ? [] : 'the title (article-title)',
    type ? [] : 'the kind of article (subject of the display-channel)',
    volume ? [] : 'the volume or the date of publication',
  ].flat()
  if (missing.length > 0 || !type || !volume) throw new IncompleteArticle(missing)

  const contributors = readContributors(meta)
  const byline = contributors.filter((contributor) => contributor.type === 'author')
  return {
    articleId: canonicalId(journal, number),
    doi,
    title: textOf(title),
    titleHtml: htmlOf(title),
    titleJats: jatsOf(title),
    type,
    jatsType: attributeOf(xml.root, 'article-type') ?? 'research-article',
    status: childOf(xml.root, 'body') ? 'vor' : 'poa',
    dates: articleDates(xml),
    volume,
    elocationId: textOf(childOf(meta, 'elocation-id')) || `e${canonicalId(journal, number)}`,
    categories,
    keywords: keywordElements(xml, 'author-keywords').map(textOf),
    researchOrganisms: keywordElements(xml, 'research-organism').map(textOf),
    abstract: abstractText(xml),
    impactStatement: textOf(impactStatementElement(xml)) || undefined,
    contributors,
    authors: byline.map(displayName),
    correspondingAuthors: byline.filter(({ corresponding }) => corresponding).map(displayName),
    related: relatedArticles(xml, journal),
    licence: articleLicence(xml),
    assets: namedAssets(xml, journal),
    unknownCharacters: xml.unknownCharacters,
  }
}

function volumeOf(xml: ArticleXml, journal: Journal): number | undefined {
  const written = Number(textOf(childOf(xml.root, 'front', 'article-meta', 'volume')))
  if (Number.isInteger(written) && written > 0) return written
  const year = publicationYear(xml)
  const counted = year === undefined ? 0 : volumeOfYear(journal, year)
  return counted > 0 ? counted : undefined
}

/** The abstract proper: not its DOI, and not the digest for a wider public. */
function abstractText({ root }: ArticleXml): string {
  const abstracts = childrenOf(childOf(root, 'front', 'article-meta'), 'abstract')
  const proper = abstracts.find((abstract) => !attributeOf(abstract, 'abstract-type'))
  const parts = childrenOf(proper, 'p', 'sec').filter((part) => !repeatsDoi(part))
  return parts.map(textOf).join(' ')
}
