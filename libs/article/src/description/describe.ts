import { articleIdOf, isNumberOf, numberOfDoi } from '../journal/article-id.ts'
import { canonicalId, doiOf, volumeOfYear, type ArticleStatus, type Journal } from '../journal/journal.ts'
import { namedAssets, type NamedAsset } from '../jats/assets.ts'
import { displayName, isAuthor, readContributors, type Contributor } from '../jats/contributors.ts'
import { articleDates, publicationYear, type ArticleDates } from '../jats/dates.ts'
import { repeatsDoi } from '../jats/doi-paragraph.ts'
import { IncompleteArticle } from '../jats/errors.ts'
import { impactStatementElement } from '../jats/impact-statement.ts'
import { articleLicence, type Licence } from '../jats/licence.ts'
import { htmlOf, jatsOf } from '../jats/markup.ts'
import type { ArticleXml } from '../jats/reading/parse.ts'
import { relatedArticles, type RelatedArticle } from '../jats/related.ts'
import { articleCategories, articleTypeOf, keywordElements, type ArticleCategories } from '../jats/subjects.ts'
import { attributeOf, childOf, childrenOf, textOf, type Element } from '../jats/tree.ts'

/** An article without its text. */
export interface ArticleDescription {
  /** As `articleIdOf` makes it. */
  readonly articleId: string
  readonly doi: string
  /** The DOI of this version alone, where it has one. */
  readonly doiVersion: string | undefined
  /** The text in the DOI's place that is not a DOI: `doi` is then made of the article's number. */
  readonly notADoi: string | undefined
  /** Plain text. */
  readonly title: string
  /** With inline HTML. */
  readonly titleHtml: string
  /** With inline tags of JATS. */
  readonly titleJats: string
  /** Type in article JSON, as `articleTypeOf` has it: `research-article`, `insight`, `correction`... */
  readonly type: string
  /** `article-type` of the XML: `research-article`, `article-commentary`... */
  readonly jatsType: string
  /** An article without a body is a PoA. */
  readonly status: ArticleStatus
  readonly dates: ArticleDates
  /** A number, or the text of one that is none (`12A`); absent where the XML names none and the journal does not count by years. */
  readonly volume: number | string | undefined
  readonly elocationId: string | undefined
  /** `xml:lang` of the article. */
  readonly language: string | undefined
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

/** The status by the XML alone: an article without a body is a PoA. */
export function articleStatusOf({ root }: ArticleXml): ArticleStatus {
  return childOf(root, 'body') ? 'vor' : 'poa'
}

/** Knowledge about an article from elsewhere than its XML. */
export interface ArticleSurroundings {
  /** The article's id by the name of its package; for a journal whose numbers stand there. */
  readonly packagedAs?: string
  /** The journals that are published with this one: links to their articles are known as such. */
  readonly journals?: readonly Journal[]
}

/**
 * Describes an article, as far as its journal demands it.
 *
 * @throws {IncompleteArticle} when its number, DOI, title, kind or volume is missing, all of them named at once.
 */
export function describeArticle(
  xml: ArticleXml,
  journal: Journal,
  { packagedAs, journals = [journal] }: ArticleSurroundings = {},
): ArticleDescription {
  const meta = childOf(xml.root, 'front', 'article-meta')
  const [written] = identifiersOf(meta, 'doi')
  const given = written === undefined ? undefined : doiIn(written)
  const number = numberOf(meta, journal, given, packagedAs)
  const doi = given ?? (journal.doi.required || number === undefined ? undefined : doiOf(journal, number))
  const title = childOf(meta, 'title-group', 'article-title')
  const categories = articleCategories(xml)
  const jatsType = attributeOf(xml.root, 'article-type')
  const type = articleTypeOf(categories, jatsType)
  const volume = volumeOf(xml, journal)
  const missing = [
    number === undefined ? missingNumber(meta, journal) : [],
    doi === undefined ? missingDoi(journal, written) : [],
    textOf(title) ? [] : 'the title (article-title)',
    type ? [] : 'the kind of article (subject of the display-channel or heading, or article-type)',
    (volume ?? journal.firstVolumeYear === undefined) ? [] : 'the volume or the date of publication',
  ].flat()
  if (number === undefined || doi === undefined || !type || missing.length > 0) throw new IncompleteArticle(missing)

  const contributors = readContributors(meta)
  const byline = contributors.filter(isAuthor)
  return {
    articleId: articleIdOf(journal, number),
    doi,
    doiVersion: versionDoi(meta),
    notADoi: given === undefined ? written : undefined,
    title: textOf(title),
    titleHtml: htmlOf(title),
    titleJats: jatsOf(title),
    type,
    jatsType: jatsType ?? 'research-article',
    status: articleStatusOf(xml),
    dates: articleDates(xml, journal.publicationDate),
    volume,
    elocationId:
      textOf(childOf(meta, 'elocation-id')) || journal.elocationId?.replace('{number}', canonicalId(journal, number)),
    language: attributeOf(xml.root, 'xml:lang'),
    categories,
    keywords: keywordElements(xml, 'author-keywords').map(textOf),
    researchOrganisms: keywordElements(xml, 'research-organism').map(textOf),
    abstract: abstractText(xml),
    impactStatement: textOf(impactStatementElement(xml)) || undefined,
    contributors,
    authors: byline.map(displayName),
    correspondingAuthors: byline.filter(({ corresponding }) => corresponding).map(displayName),
    related: relatedArticles(xml, journals),
    licence: articleLicence(xml),
    assets: namedAssets(xml, journal),
    unknownCharacters: xml.unknownCharacters,
  }
}

/** Texts of `article-id` elements of one type; a DOI of a version is none of the article's. */
function identifiersOf(meta: Element | undefined, type: string): readonly string[] {
  return childrenOf(meta, 'article-id')
    .filter((id) => attributeOf(id, 'pub-id-type') === type && attributeOf(id, 'specific-use') !== 'version')
    .map(textOf)
    .filter(Boolean)
}

function versionDoi(meta: Element | undefined): string | undefined {
  const ids = childrenOf(meta, 'article-id').filter((id) => attributeOf(id, 'specific-use') === 'version')
  return ids.map((id) => doiIn(textOf(id))).find((doi) => doi !== undefined)
}

/** The DOI that a text is, perhaps as an address. */
function doiIn(text: string): string | undefined {
  const doi = text.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '')
  return /^10\.[0-9]{4,}[^\s"/<>]*\/[^\s"]+$/.test(doi) ? doi : undefined
}

function missingDoi({ doiPrefix }: Journal, written: string | undefined): string {
  const found = written === undefined ? '' : `; found ${written}, which is no DOI`
  return `the DOI (article-id of type doi, ${doiPrefix}...${found})`
}

/** The article's number where the journal's settings look for it, as it is written there. */
function numberOf(
  meta: Element | undefined,
  journal: Journal,
  doi: string | undefined,
  packagedAs: string | undefined,
): string | undefined {
  const written = (source: string): readonly (string | undefined)[] => {
    if (source === 'doi') return [doi === undefined ? undefined : numberOfDoi(journal, doi)]
    if (source === 'elocation-id') return [textOf(childOf(meta, 'elocation-id'))]
    if (source === 'file-name') return [packagedAs && canonicalId(journal, packagedAs)]
    return identifiersOf(meta, source)
  }
  return journal.numberFrom.flatMap(written).find((text) => text !== undefined && isNumberOf(journal, text))
}

function missingNumber(meta: Element | undefined, { numberFrom, numberPattern }: Journal): string {
  const ids = childrenOf(meta, 'article-id').map((id) => `${attributeOf(id, 'pub-id-type') ?? 'no type'} ${textOf(id)}`)
  const found = ids.length > 0 ? `; found ${ids.join(', ')}` : ''
  return `the article number (${numberPattern}, as ${numberFrom.join(' or ')}${found})`
}

function volumeOf(xml: ArticleXml, journal: Journal): number | string | undefined {
  const text = textOf(childOf(xml.root, 'front', 'article-meta', 'volume'))
  const written = Number(text)
  if (Number.isInteger(written) && written > 0) return written
  if (journal.firstVolumeYear === undefined) return text || undefined
  const year = publicationYear(xml, journal.publicationDate)
  const counted = year === undefined ? undefined : volumeOfYear(journal, year)
  return counted !== undefined && counted > 0 ? counted : undefined
}

/** The abstract proper: not its DOI, and not the digest for a wider public. */
function abstractText({ root }: ArticleXml): string {
  const abstracts = childrenOf(childOf(root, 'front', 'article-meta'), 'abstract')
  const proper = abstracts.find((abstract) => !attributeOf(abstract, 'abstract-type'))
  const parts = childrenOf(proper, 'p', 'sec').filter((part) => !repeatsDoi(part))
  return parts.map(textOf).join(' ')
}
