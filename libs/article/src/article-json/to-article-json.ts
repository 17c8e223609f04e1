import { findArticleXml } from '../packages/article-xml.ts'
import { articleFileName } from '../naming/asset-name.ts'
import { metaOf } from '../jats/article-parts.ts'
import { describeArticle, type ArticleDescription } from '../description/describe.ts'
import { classifyFile, type FileKind } from '../naming/file-kind.ts'
import { partialDate, preprints } from '../jats/dates.ts'
import { isFileName } from '../jats/assets.ts'
import { IncompleteArticle } from '../jats/errors.ts'
import { impactStatementElement } from '../jats/impact-statement.ts'
import { htmlOf } from '../jats/markup.ts'
import type { ArticleXml } from '../jats/reading/parse.ts'
import { attributeOf, childOf, textOf, type Element } from '../jats/tree.ts'
import type { Journal } from '../journal/journal.ts'
import { removeEmpty } from '../description/remove-empty.ts'
import { unmetDemands } from '../description/unmet-demands.ts'
import { additionsOf } from './additions.ts'
import { abstractsOf } from './front/abstracts.ts'
import { snippetOf, type Article, type History, type Snippet } from './article.ts'
import { keywordsOf } from './front/keywords.ts'
import { notesOf } from './back/notes.ts'
import { authorLine, authorsOf, notesOfAuthors } from './people/authors.ts'
import { targetsOf } from './people/targets.ts'
import { reviewersOf } from './people/reviewers.ts'
import { acknowledgementsOf, appendicesOf, ethicsOf } from './back/back-matter.ts'
import { bodySections, conversionOf, footnotes } from './body.ts'
import { fileUrl, originalOf, type FilePlaces } from './conversion.ts'
import { copyrightOf } from './copyright.ts'
import { dataSetsOf } from './back/data-sets.ts'
import { UnmeasuredImages } from './errors.ts'
import { additionalFiles } from './figures/files.ts'
import { fundingOf } from './back/funding.ts'
import { lettersOf } from './letters/letters.ts'
import { referencesOf } from './references/lists.ts'
import { externalArticles } from './front/external-articles.ts'
import { textContext } from './text-context.ts'

/** Facts about a version that its XML does not have. */
export interface ArticleJsonVersion extends Omit<FilePlaces, 'articleId'> {
  readonly journal: Journal
  readonly version: number
  /** Names of the version's files, as `versionedFileName` gives them: a PDF that is not there is not linked. */
  readonly files: readonly string[]
  /** The address of the XML; for the article store. */
  readonly location?: string | undefined
  /** The description of the XML, where the caller has it already; it is made here otherwise. */
  readonly description?: ArticleDescription
}

/** The document that the article store takes. */
export interface ArticleJson {
  readonly journal: { readonly id: string; readonly title: string; readonly issn?: string | undefined }
  readonly snippet: Snippet
  readonly article: Article
}

/** Stands where only the article store knows the date. */
const unknownDate = '2099-01-01T00:00:00Z'

/** Kinds of article that have no PDF of their own. */
const withoutPdf = new Set(['correction', 'expression-concern', 'retraction'])
const withTitlePrefix = new Set(['feature', 'insight', 'editorial'])

/**
 * One version of an article as the public API has it, whole: metadata for a PoA, and the text with its figures and references
 * for a VoR.
 *
 * @param xml under the version's names, as `rewriteHrefs` leaves it
 * @throws {IncompleteArticle} when something is missing that the API requires: as `describeArticle`, and the date of
 *   publication, an open licence, or text in the body of a VoR
 * @throws {UnmeasuredImages} when the size of an image is not told
 */
export function toArticleJson(xml: ArticleXml, about: ArticleJsonVersion): ArticleJson {
  const { journal, description = describeArticle(xml, journal) } = about
  const article = removeEmpty(articleOf(xml, description, about))
  return {
    journal: { id: journal.name, title: journal.name, ...(journal.issn && { issn: journal.issn }) },
    snippet: snippetOf(article),
    article,
  }
}

function articleOf(xml: ArticleXml, description: ArticleDescription, about: ArticleJsonVersion): Article {
  const { journal, version, files, location } = about
  const { articleId, type, status, dates, volume, elocationId, categories, related } = description
  const places: FilePlaces = { articleId, cdnUrl: about.cdnUrl, sizes: about.sizes, text: textContext(xml.root) }
  const unmeasured = withoutSize(description, places)
  if (unmeasured.length > 0) throw new UnmeasuredImages(unmeasured)
  const { root } = xml
  const meta = metaOf(root)
  const authors = authorsOf(root, targetsOf(root), places.text?.linked)
  const line = authorLine(authors)
  const { published } = dates
  const body = status === 'vor' ? bodySections(childOf(root, 'body'), places) : undefined
  const unmet = unmetDemands(journal, description).map(({ missing }) => missing)
  if (!published || unmet.length > 0 || body?.length === 0) {
    throw new IncompleteArticle([...unmet, ...(body?.length === 0 ? ['any text (body)'] : [])])
  }
  const { abstract, digest, abstracts } = abstractsOf(meta, places, attributeOf(root, 'xml:lang'))
  const keywords = keywordsOf(meta, attributeOf(root, 'xml:lang'))
  const titlePrefix = withTitlePrefix.has(type) ? categories.subDisplayChannel[0] : undefined
  const urlOf = (kind: FileKind) => {
    const file = files.find((name) => classifyFile(name, journal, articleId) === kind)
    return file === undefined ? undefined : fileUrl(places, file)
  }
  const found = findArticleXml({ journal, articleId, files })
  const xmlFile = 'file' in found ? found.file : articleFileName(journal, articleId, version, 'xml')
  return {
    '-meta': { location },
    '-history': historyOf(xml, description),
    status,
    id: articleId,
    version,
    type,
    kind: categories.kind,
    doi: description.doi,
    doiVersion: description.doiVersion,
    authorLine: line || undefined,
    title: description.titleHtml,
    titlePrefix,
    published,
    // Where the XML gives less than a day, the rest of `published` is a stand-in.
    publicationDate: partialDate(dates),
    versionDate: version === 1 ? published : unknownDate,
    statusDate: unknownDate,
    stage: 'published',
    volume,
    ...printedPlaceOf(meta),
    elocationId,
    pdf: withoutPdf.has(type) ? undefined : urlOf('articlePdf'),
    xml: fileUrl(places, xmlFile),
    figuresPdf: urlOf('figuresPdf'),
    subjects: [...new Set(categories.subjects)].map((name) => ({ id: slugOf(name), name })),
    researchOrganisms: keywords.researchOrganisms,
    abstract,
    copyright: copyrightOf(description.licence),
    authors,
    reviewers: reviewersOf(root),
    ethics: ethicsOf(root),
    funding: fundingOf(root),
    dataSets: dataSetsOf(root),
    additionalFiles: additionalFiles(root, conversionOf(places)),
    abstracts,
    keywordGroups: keywords.keywordGroups,
    notes: [...footnotes(places), ...notesOf(root, notesOfAuthors(root), places)],
    ...additionsOf(root, places, {
      subjects: titlePrefix ? [titlePrefix] : [],
      statement: impactStatementElement(xml),
    }),
    ...(status === 'vor' && {
      impactStatement: htmlOf(impactStatementElement(xml)) || undefined,
      keywords: keywords.keywords,
      keywordsTitle: keywords.keywordsTitle,
      digest,
      body,
      appendices: appendicesOf(root, places),
      ...referencesOf(root, places),
      acknowledgements: acknowledgementsOf(root, places),
      ...lettersOf(root, places),
      '-related-articles-internal': [...new Set(related.flatMap((article) => article.articleId ?? []))],
      '-related-articles-external': externalArticles(root),
    }),
  }
}

/** Issue and pages of the printed journal. */
function printedPlaceOf(meta: Element | undefined): Pick<Article, 'issue' | 'pages'> {
  const written = (name: string) => textOf(childOf(meta, name))
  const issue = written('issue')
  const range = [...new Set([written('fpage'), written('lpage')])].filter(Boolean).join('–')
  return {
    issue: /^[1-9]\d*$/.test(issue) ? Number(issue) : issue || undefined,
    pages: written('page-range') || range || undefined,
  }
}

/** Images that the XML names and whose size nobody told. */
function withoutSize({ assets }: ArticleDescription, places: FilePlaces): readonly string[] {
  // Paths and addresses that mean no file are refused, or linked, when the package is checked.
  const images = assets.filter(({ use, href }) => (use === 'figure' || use === 'inline') && isFileName(href))
  return images.filter(({ href, element }) => !originalOf(places, href, element)).map(({ href }) => href)
}

function historyOf(xml: ArticleXml, { dates }: ArticleDescription): History {
  const [preprint] = preprints(xml)
  return {
    received: dates.received,
    accepted: dates.accepted,
    'sent-for-peer-review': dates.sentForReview,
    preprint: preprint && { description: 'This manuscript was published as a preprint.', ...preprint },
  }
}

/** `human-biology-medicine` of `Human Biology and Medicine`. */
function slugOf(subject: string): string {
  const words = subject.toLowerCase().split(/[^a-z0-9]+/)
  return words.filter((word) => word && word !== 'and' && word !== 'of').join('-')
}
