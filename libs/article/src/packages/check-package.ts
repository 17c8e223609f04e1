import { versionedFileName } from '../naming/asset-name.ts'
import { derivativeStem } from '../naming/derivatives.ts'
import type { ArticleDescription } from '../description/describe.ts'
import { findArticleXml, type PackageFiles } from './article-xml.ts'
import { classifyFile, imageFormatOf } from '../naming/file-kind.ts'
import { planPackage } from './package-plan.ts'
import { fileNamedBy, isLocalName, type NamedAsset } from '../jats/assets.ts'
import { isTaken } from '../jats/licence.ts'
import { unmetDemands, type UnmetDemand } from '../description/unmet-demands.ts'
import { doiOf, type ArticleStatus } from '../journal/journal.ts'
import { isStillOf } from './video-still.ts'

/** Something that a production editor should know about a package. */
export interface Finding {
  readonly code:
    | 'no-article-xml'
    | 'several-article-xmls'
    | 'wrong-article'
    | 'missing-image'
    | 'image-format'
    | 'missing-file'
    | 'unnamed-file'
    | 'foreign-file'
    | 'same-name'
    | 'same-figure'
    | 'empty-file'
    | 'empty-image'
    | 'status-differs'
    | 'unknown-character'
    | 'other-licence'
    | 'made-doi'
    | UnmetDemand['code']
  readonly message: string
  /** The file that is there, or the name that the XML gives. */
  readonly file?: string
}

/** Problems fail the run; findings are shown with the article and stop nothing. */
export interface PackageReport {
  readonly problems: readonly Finding[]
  readonly findings: readonly Finding[]
}

/** A package as its name and its list of files describe it. */
export interface PackageContents extends PackageFiles {
  /** The status by the package's name; absent where names of the journal's packages do not say it. */
  readonly status?: ArticleStatus | undefined
  /** Those of its files that have no bytes. */
  readonly empty?: readonly string[]
}

/** Compares what the XML says and names with the package's name and files. Version suffixes and extensions may differ. */
export function checkPackage(contents: PackageContents, article: ArticleDescription): PackageReport {
  const xml = findArticleXml(contents)
  const missing = missingFiles(contents, article)
  const missingImages = missing.filter(({ code }) => code === 'missing-image')
  const isProblem = contents.journal.images.missing === 'problem'
  const empty = emptyFiles(contents, article)
  const sameFigure = sameFigures(contents, article)
  return {
    problems: [
      ...('problem' in xml ? [xml.problem] : []),
      ...wrongArticle(contents, article),
      ...sameNames(contents),
      ...clashes(contents, article),
      ...unmetDemands(contents.journal, article).filter(
        ({ code }) => code !== 'wrong-doi' || !isOther(contents, article),
      ),
      ...(isProblem ? missingImages : []),
      ...imageFormats(contents, article),
      ...empty.filter(({ code }) => code === 'empty-image'),
    ],
    findings: [
      ...(isProblem ? [] : missingImages),
      ...missing.filter(({ code }) => code === 'missing-file'),
      ...empty.filter(({ code }) => code === 'empty-file'),
      ...sameFigure,
      ...unnamedFiles(contents, article).filter(({ file }) => !sameFigure.some((same) => same.file === file)),
      ...peculiarities(contents, article),
    ],
  }
}

function isOther({ articleId }: PackageContents, article: ArticleDescription): boolean {
  return article.articleId !== articleId
}

function wrongArticle(contents: PackageContents, article: ArticleDescription): readonly Finding[] {
  if (!isOther(contents, article)) return []
  const { journal, articleId } = contents
  const message = `The XML is of article ${article.articleId} (${article.doi}), the package of ${articleId} (${doiOf(journal, articleId)}).`
  return [{ code: 'wrong-article', message }]
}

/** Two files that would get one name as soon as their versions are set: one would replace the other. */
function sameNames({ files }: PackageContents): readonly Finding[] {
  const byName = Map.groupBy(files, (name) => versionedFileName(name, 1))
  return [...byName.values()]
    .filter((names) => names.length > 1)
    .map((names) => ({
      code: 'same-name',
      message: `${names.join(' and ')} differ only in their version: leave one of them in the package.`,
    }))
}

function missingFiles({ files }: PackageContents, { assets }: ArticleDescription): readonly Finding[] {
  const absent = assets.filter(({ href, element }) => fileNamedBy(href, element, files) === undefined)
  const once = new Map(absent.map((asset) => [asset.href, asset]))
  return [...once.values()].map(missingFile)
}

function missingFile({ href, use, element, within }: NamedAsset): Finding {
  const image = use === 'figure' || use === 'inline'
  const place = within ? ` (in ${within})` : ''
  const message = `The XML names ${href}${place}, which is not in the package.`
  // An image at an address is linked, where the package does not have it.
  return { code: image && isLocalName(href, element) ? 'missing-image' : 'missing-file', message, file: href }
}

/** Delivered files that have the name of an image which is made of another, though the XML means both. */
function clashes(contents: PackageContents, { assets }: ArticleDescription): readonly Finding[] {
  return planPackage(contents, assets).clashes.map(({ file, original }) => ({
    code: 'same-name',
    message: `${file} would be replaced by an image that is made of ${original}: the XML names both. Give one of them another name.`,
    file,
  }))
}

/** Delivered twice in two formats: one is shown. */
function sameFigures(contents: PackageContents, { assets }: ArticleDescription): readonly Finding[] {
  return planPackage(contents, assets).files.flatMap(({ name, insteadOf }) =>
    insteadOf === undefined
      ? []
      : [
          {
            code: 'same-figure' as const,
            message: `${name} is left out: ${insteadOf} is the same figure.`,
            file: name,
          },
        ],
  )
}

/** An image without bytes cannot be shown; other files without bytes may be meant so. */
function emptyFiles({ files, empty = [] }: PackageContents, { assets }: ArticleDescription): readonly Finding[] {
  const images = assets.filter(({ use }) => use === 'figure' || use === 'inline')
  const shown = new Set(images.flatMap(({ href, element }) => fileNamedBy(href, element, files) ?? []))
  return empty.map((file) => ({
    code: shown.has(file) ? 'empty-image' : 'empty-file',
    message: `${file} is empty (0 bytes).`,
    file,
  }))
}

/** Names that a sentence about many files lists. */
const maxNames = 12

/** Images that are there but cannot be shown, for none of the formats of the web is made of them. */
function imageFormats(
  { journal, articleId, files }: PackageContents,
  { assets }: ArticleDescription,
): readonly Finding[] {
  const images = assets.filter(({ use }) => use === 'figure' || use === 'inline')
  const shown = new Set(images.flatMap(({ href, element }) => fileNamedBy(href, element, files) ?? []))
  const planned = planPackage({ journal, articleId, files }, assets).files
  const made = new Set(planned.filter(({ derive }) => derive).map(({ name }) => derivativeStem(name)))
  const { formats } = journal.images
  const taken = formats.map((format) => format.toUpperCase()).join(', ')
  const refused = [...shown]
    .filter((file) => !formats.some((format) => format === imageFormatOf(file)))
    .filter((file) => planned.some(({ name, derive }) => name === file && derive) || !made.has(derivativeStem(file)))
  const [file, ...others] = refused
  if (file === undefined) return []
  const are = `${taken} ${formats.length === 1 ? 'is' : 'are'} taken`
  if (others.length === 0) {
    const message = `The XML shows ${file} as an image: ${are}. Deliver it as one of them, with the same name.`
    return [{ code: 'image-format', message, file }]
  }
  const few = refused.slice(0, maxNames).join(', ')
  const left = refused.length > maxNames ? ` and ${refused.length - maxNames} more` : ''
  const message = `The XML shows ${refused.length} files as images that are in no format which the journal takes (${few}${left}): ${are}. Deliver them as one of these, with the same names.`
  return [{ code: 'image-format', message }]
}

function unnamedFiles(
  { journal, articleId, files }: PackageContents,
  { assets }: ArticleDescription,
): readonly Finding[] {
  const named = new Set(assets.map(({ href, element }) => fileNamedBy(href, element, files)))
  const found = findArticleXml({ journal, articleId, files })
  const xml = 'file' in found ? found.file : undefined
  return files.flatMap((file): readonly Finding[] => {
    const kind = classifyFile(file, journal, articleId)
    // The figures PDF is found by its name; articles don't name it.
    if (named.has(file) || file === xml || kind === 'articleXml' || kind === 'figuresPdf') return []
    if (kind === 'foreign') return [{ code: 'foreign-file', message: `${file} is not named after this article.`, file }]
    if (isStillOf(file, files)) return []
    return [{ code: 'unnamed-file', message: `${file} is in the package, but the XML does not name it.`, file }]
  })
}

/** Peculiarities that an editor may want to know, and that are not wrong. */
function peculiarities({ journal, status }: PackageContents, article: ArticleDescription): readonly Finding[] {
  const { licence } = article
  const body = article.status === 'vor' ? 'has a body' : 'has no body'
  return [
    ...(isTaken(licence, journal.licences) || !journal.licences.includes('any')
      ? []
      : [
          {
            code: 'other-licence' as const,
            message: `The licence is ${licence.code ?? licence.url ?? 'not said by the XML'}.`,
          },
        ]),
    ...(article.notADoi === undefined
      ? []
      : [
          {
            code: 'made-doi' as const,
            message: `The XML's DOI is ${article.notADoi}, which is none: the article gets ${article.doi}. Correct it in the XML (article-id of type doi).`,
          },
        ]),
    ...(status === undefined || article.status === status
      ? []
      : [{ code: 'status-differs' as const, message: `The package is named ${status}, but its XML ${body}.` }]),
    ...unknownCharacters(article.unknownCharacters.map((name) => `&${name};`)),
  ]
}

function unknownCharacters(names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return []
  const message =
    names.length === 1
      ? `The character ${names.join('')} is not known and is shown as it is written.`
      : `${names.length} characters are not known and are shown as they are written: ${names.slice(0, maxNames).join(', ')}${names.length > maxNames ? ` and ${names.length - maxNames} more` : ''}.`
  return [{ code: 'unknown-character', message }]
}
