import {
  accountFor,
  checkPackage,
  describeArticle,
  toArticleJson,
  validateArticleJson,
  validatePublicArticleJson,
  type ArticleDescription,
  type ArticleJson,
  type ArticleStatus,
  type ArticleXml,
  type Journal,
  type LossReport,
  type PackageReport,
  type Size,
} from '@continuum/article'
import { findingsOf, problemsOf, withAdvice } from './findings.ts'
import { listOf } from './wording.ts'
import { lossRemarks } from './loss-remarks.ts'
import { asPacked } from './packed-names.ts'
import { isProblem, type Remark } from './remark.ts'

/** A package that was unpacked, with what is known beside its XML. */
export interface UnpackedPackage {
  readonly journal: Journal
  /** The journals that are published with this one. */
  readonly journals: readonly Journal[]
  readonly articleId: string
  readonly version: number
  readonly status?: ArticleStatus | undefined
  readonly files: readonly UnpackedFile[]
  /** Paths of files in folders, which were ignored. */
  readonly inFolders: readonly string[]
  /** Paths of files that the package says it has, and has not. */
  readonly missing?: readonly string[]
  /** The address of the files of published articles, without a trailing slash. */
  readonly cdnUrl: string
}

/** A file of a package, named as in its version of the article. */
export interface UnpackedFile {
  readonly name: string
  /** Its name in the package, by which remarks call it. */
  readonly packed?: string
  readonly bytes: number
  /** Its size in pixels, where it is an image that derivatives are made from. */
  readonly image?: Size
  /** The decoder's message, where it should be such an image and is not. */
  readonly notAnImage?: string
  /** Scripts, links and the like that were taken out of a drawing. */
  readonly removed?: readonly string[]
}

/** All that is to say about a package, and what is made of its XML on the way, so that nobody makes it twice. */
export interface Assessment {
  /** The most severe first. */
  readonly remarks: readonly Remark[]
  readonly description: ArticleDescription
  /** Absent where the XML cannot be converted: a problem says why. */
  readonly json?: ArticleJson
  /** Absent with `json`. */
  readonly losses?: LossReport
}

/**
 * Assesses a package: its files against its XML, the article JSON against the schema by which the article store and the site
 * take articles, and every word of the XML against the article JSON.
 *
 * @param xml under the version's names, as `rewriteHrefs` leaves it
 * @throws what `describeArticle` throws: without a number, a DOI or a title nothing can be said
 */
export function assessPackage(unpacked: UnpackedPackage, xml: ArticleXml): Assessment {
  const { journal, journals, articleId, status, files } = unpacked
  const names = files.map(({ name }) => name)
  const empty = files.filter(({ bytes }) => bytes === 0).map(({ name }) => name)
  const description = describeArticle(xml, journal, { packagedAs: articleId, journals })
  const report = checkPackage({ journal, articleId, status, files: names, empty }, description)
  const found = packageRemarks(asPacked(report, files), unpacked)
  const converted = convert(unpacked, xml, description)
  if ('failure' in converted) {
    // What keeps an article from being converted is most often among the problems that were found already.
    const problem: Remark = { severity: 'problem', what: converted.failure }
    return { remarks: found.some(isProblem) ? found : [problem, ...found], description }
  }
  const { json } = converted
  const losses = accountFor(xml, json.article, { tolerated: journal.toleratedLosses })
  const all = [...found, ...schemaRemarks(json, journal), ...lossRemarks(losses)]
  const remarks = (['problem', 'warning', 'finding'] as const).flatMap((severity) =>
    all.filter((remark) => remark.severity === severity),
  )
  return { remarks, description, json, losses }
}

/** Joins the problems of a package into one message that ends with what to do; empty where there is none. */
export function problemMessage(remarks: readonly Remark[], maxLength = 8_000): string {
  const problems = remarks.filter(isProblem).map(({ what, advice }) => (advice ? `${what} ${advice}` : what))
  if (problems.length === 0) return ''
  const whole = withAdvice(problems)
  if (whole.length <= maxLength) return whole
  const shown = problems.filter((_, index) => problems.slice(0, index + 1).join(' ').length <= maxLength - 200)
  const [first = ''] = problems
  const kept = shown.length > 0 ? shown : [`${first.slice(0, maxLength - 300)}…`]
  const left = problems.length - kept.length
  return withAdvice(left > 0 ? [...kept, `And ${left} more.`] : kept)
}

/** A file under its name in the package. */
function called(file: UnpackedFile): UnpackedFile {
  return { ...file, name: file.packed ?? file.name }
}

function packageRemarks(report: PackageReport, unpacked: UnpackedPackage): readonly Remark[] {
  const { journal, articleId, files, inFolders, missing = [] } = unpacked
  const read = { article: { journal: journal.prefix, articleId }, files: files.map(called), inFolders, missing }
  return [
    ...problemsOf(report, read).map((what): Remark => ({ severity: 'problem', what })),
    ...findingsOf(report, read).map((what): Remark => ({ severity: 'finding', what })),
  ]
}

function convert(
  { journal, version, files, cdnUrl }: UnpackedPackage,
  xml: ArticleXml,
  description: ArticleDescription,
): { json: ArticleJson } | { failure: string } {
  const sizes = Object.fromEntries(files.flatMap(({ name, image }) => (image ? [[name, image]] : [])))
  const names = files.map(({ name }) => name)
  try {
    return { json: toArticleJson(xml, { journal, version, cdnUrl, sizes, files: names, description }) }
  } catch (error) {
    if (error instanceof Error && 'retry' in error && error.retry === false) return { failure: error.message }
    throw error
  }
}

/** The number of schema errors that one sentence lists. */
const namedFaults = 5

function schemaRemarks({ article }: ArticleJson, { publicApi }: Journal): readonly Remark[] {
  const faults = (publicApi ? validatePublicArticleJson(article) : validateArticleJson(article)).map(
    ({ place, expected, found }) => `${place} is ${found}, expected is ${expected}`,
  )
  if (faults.length === 0) return []
  return [
    {
      severity: 'problem',
      what: `The article store would refuse the article: ${listOf(faults, namedFaults)}.`,
      advice: 'Correct in the XML what these are made of.',
    },
  ]
}
