import {
  accountFor,
  accountForPage,
  articleXmlName,
  checkPackage,
  deadTargets,
  describeArticle,
  parseArticleXml,
  rewriteHrefs,
  toArticleJson,
  validateArticleJson,
  versionedFileName,
  type ArticleDescription,
  type ArticleStatus,
  type ArticleXml,
  type Journal,
  type Loss,
} from '@continuum/article'
import { Value } from 'typebox/value'
import { Article, History } from '../src/article/article.ts'
import { publishedFiles } from '../src/article/file-addresses.ts'
import { articlePage } from '../src/pages/article-page.ts'
import { isWhole } from './whole.ts'

/** The outcome of one article's XML. */
export interface Outcome {
  readonly name: string
  /** Not counted among the articles: an example without article-meta, body or any identifier. */
  readonly apart: boolean
  /** The reasons for which it is refused, in the words that its typesetter reads; none where it is taken as it is. */
  readonly refusals: readonly string[]
  /** Problems by our schema. */
  readonly invalid: readonly string[]
  readonly words: { readonly all: number; readonly lost: number; readonly lostOnPage: number; readonly silent: number }
  readonly deadLinks: number
  readonly figuresLost: number
  readonly losses: readonly Loss[]
  readonly summary: string
  readonly xml?: Uint8Array
  readonly json?: unknown
  readonly page?: string
}

const cdnUrl = 'https://cdn.example'
const published = Temporal.Instant.from('2020-01-01T00:00:00Z')
const nothing = { all: 0, lost: 0, lostOnPage: 0, silent: 0 }

/** A package: its files, and what its name says. */
export interface Delivery {
  readonly articleId: string
  readonly status?: ArticleStatus | undefined
  readonly files: readonly string[]
}

/**
 * Runs one XML through the library and the article page.
 *
 * @param delivery without one, it is as if the package were complete: every file that the XML names is there, under its
 *   name and of the size of a figure
 */
export function convert(name: string, bytes: Uint8Array, journal: Journal, delivery?: Delivery): Outcome {
  let apart = false
  try {
    const xml = parseArticleXml(bytes)
    apart = !isWhole(xml.root)
    return { ...converted(name, bytes, xml, journal, delivery), apart }
  } catch (error) {
    if (!(error instanceof Error) || Object(error).retry !== false) throw error
    return refusal(name, error.message, apart || error.message.includes('its root element is <'))
  }
}

/** The outcome of a package that is refused before anything is made of it. */
export function refusal(name: string, reason: string, apart = false): Outcome {
  return {
    name,
    apart,
    refusals: [reason],
    invalid: [],
    words: nothing,
    deadLinks: 0,
    figuresLost: 0,
    losses: [],
    summary: '',
  }
}

function converted(
  name: string,
  bytes: Uint8Array,
  given: ArticleXml,
  journal: Journal,
  delivery: Delivery | undefined,
): Outcome {
  const stem = delivery?.articleId ?? name.replace(/^.*__/, '').replace(/\.n?xml$/, '')
  const description = describeArticle(given, journal, { packagedAs: stem })
  const { articleId, status, files } = delivery ?? {
    articleId: description.articleId,
    status: undefined,
    files: filesOf(description, journal),
  }
  const { problems } = checkPackage({ journal, articleId, status, files }, description)

  const renames = new Map(files.map((file) => [file, versionedFileName(file, 1)]))
  const xml = parseArticleXml(rewriteHrefs(bytes, renames))
  const sizes = Object.fromEntries([...renames.values()].map((file) => [file, { width: 1200, height: 800 }]))
  const renamed = describeArticle(xml, journal, { packagedAs: stem })
  const about = { journal, version: 1, cdnUrl, sizes, files: [...renames.values()], description: renamed }
  const { article } = toArticleJson(xml, about)
  const report = accountFor(xml, article, { tolerated: journal.toleratedLosses })
  const shown: unknown = article
  const page = Value.Check(Article, shown) ? pageOf(shown, daysOf(article['-history']), journal) : undefined
  const onPage = page === undefined ? report : accountForPage(xml, withoutCitationStyles(page))
  const notShown = page === undefined ? ['the site shows no article of this shape'] : []
  return {
    name,
    apart: false,
    refusals: [...problems.map(({ message }) => message), ...refusedLosses(report.losses), ...notShown],
    invalid: validateArticleJson(article).map(({ place, expected, found }) => `${place}: ${expected}, not ${found}`),
    words: {
      all: report.words.all,
      lost: report.words.lost,
      lostOnPage: onPage.words.lost,
      silent: silentOf(report.losses, onPage.losses),
    },
    deadLinks: deadTargets(article).length + (page === undefined ? 0 : deadOnPage(page)),
    figuresLost: report.losses.filter(({ kind, whole }) => kind === 'figure' && whole).length,
    losses: [...report.losses, ...onPage.losses.filter((loss) => !isTold(loss, report.losses)).map(onPageOnly)],
    summary: report.summary,
    xml: bytes,
    json: article,
    ...(page !== undefined && { page }),
  }
}

/** Names of the files of a complete package. */
function filesOf({ assets, articleId }: ArticleDescription, journal: Journal): readonly string[] {
  const named = assets.map(({ href, use, element }) => {
    const file = href.slice(href.lastIndexOf('/') + 1)
    if (/\.[a-z]{2,4}\d?$/i.test(file)) return file
    return `${file}.${use === 'figure' || use === 'inline' || element.endsWith('graphic') ? 'tif' : use === 'video' ? 'mp4' : 'pdf'}`
  })
  return [...new Set([articleXmlName(journal, articleId), ...named])]
}

function refusedLosses(losses: readonly Loss[]): readonly string[] {
  const grave = losses.filter(({ severity }) => severity === 'problem')
  const kinds = Map.groupBy(grave, ({ kind }) => kind)
  return [...kinds].map(
    ([kind, of]) => `lost: ${of.length} x ${kind}, first line ${of[0]?.line}, "${of[0]?.excerpt ?? ''}"`,
  )
}

/** Words that the page lacks and no finding tells of. */
function silentOf(told: readonly Loss[], onPage: readonly Loss[]): number {
  return onPage.filter((loss) => !isTold(loss, told)).reduce((sum, { words }) => sum + words, 0)
}

function isTold(loss: Loss, told: readonly Loss[]): boolean {
  return told.some(
    ({ xpath }) => loss.xpath === xpath || loss.xpath.startsWith(`${xpath}/`) || xpath.startsWith(`${loss.xpath}/`),
  )
}

function onPageOnly(loss: Loss): Loss {
  return { ...loss, why: 'It is in the article JSON, but not on the page.' }
}

/** Citation styles repeat the names, year and DOI of the article: there they must not pass for those of a reference. */
function withoutCitationStyles(page: string): string {
  return page.replaceAll(/<div class="styles">[^]*?<\/div>/g, ' ')
}

function deadOnPage(page: string): number {
  const ids = new Set([...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id))
  const targets = new Set([...page.matchAll(/\shref="#([^"]*)"/g)].map(([, id]) => id))
  return [...targets].filter((target) => target !== '' && !ids.has(target)).length
}

/** The instants of an article's history as the article store serves them: days. */
function daysOf(history: object | undefined): unknown {
  return Object.fromEntries(
    Object.entries(history ?? {}).flatMap(([key, date]) =>
      typeof date === 'string' ? [[key, date.slice(0, 10)]] : [],
    ),
  )
}

function pageOf(article: Article, history: unknown, journal: Journal): string {
  const settings = {
    siteName: journal.name,
    siteUrl: 'https://journal.example.org',
    stylesheet: '/style.css',
    script: '/site.js',
    journals: [],
    publisher: journal.publisher,
  }
  return articlePage(settings, {
    article,
    journal,
    dates: { published },
    publicationDate: published.toString().slice(0, 10),
    versions: [],
    history: Value.Check(History, history) ? history : undefined,
    related: [],
    files: publishedFiles(cdnUrl),
    previewUntil: undefined,
  })
}
