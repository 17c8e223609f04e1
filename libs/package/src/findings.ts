import { parseAssetName, type Finding, type PackageReport } from '@continuum/article'
import { count, listOf } from './wording.ts'

/** A package that was read: what its article is, and what was found in its files. */
export interface ReadPackage {
  readonly article: { readonly journal: string; readonly articleId: string }
  readonly files: readonly {
    readonly name: string
    readonly notAnImage?: string
    readonly removed?: readonly string[]
  }[]
  /** Paths of files in folders, which were ignored. */
  readonly inFolders: readonly string[]
  /** Paths of files that the package says it has, and has not. */
  readonly missing?: readonly string[]
}

/** Lists the problems of a package, a sentence each. A package with problems must not be published. */
export function problemsOf({ problems }: PackageReport, { article, files }: ReadPackage): string[] {
  const short = shortNames(`${article.journal}-${article.articleId}-`)
  const missing = problems.flatMap(({ code, file }) => (code === 'missing-image' && file !== undefined ? [file] : []))
  const empty = problems.flatMap(({ code, file }) => (code === 'empty-image' && file !== undefined ? [file] : []))
  const replaced = problems.filter(({ code }) => code === 'same-name')
  const broken = Map.groupBy(
    files.filter(({ name, notAnImage }) => notAnImage !== undefined && !empty.includes(name)),
    ({ notAnImage }) => notAnImage,
  )
  return [
    ...problems.filter(({ code }) => !grouped.has(code)).map(({ message }) => message),
    ...oneOrMany(replaced, 'have a name that another file of the package has, or an image that is made of another'),
    ...(missing.length > 0
      ? [`${figures(missing)} ${missing.length === 1 ? 'has' : 'have'} no file: ${short(missing)}.`]
      : []),
    ...(empty.length > 0
      ? [`${figures(empty)} ${empty.length === 1 ? 'is' : 'are'} empty (0 bytes): ${short(empty)}.`]
      : []),
    ...[...broken].map(([reason, of]) => {
      const names = of.map(({ name }) => name)
      return `${figures(names)} ${names.length === 1 ? 'is not a readable image' : 'are not readable images'}: ${short(names)} (${reason}).`
    }),
  ]
}

/** Lists what an editor should review, a line each. Findings stop nothing. */
export function findingsOf(
  { findings }: PackageReport,
  { files, inFolders, missing = [] }: Pick<ReadPackage, 'files' | 'inFolders' | 'missing'>,
): string[] {
  const ignored = `${count(inFolders.length, 'file')} in folders or beside the article ignored, as the XML names none of them: ${listOf(inFolders)}.`
  const absent = `${count(missing.length, 'file')} of the article in the manifest, but not in the zip: ${listOf(missing)}.`
  const kinds = [...Map.groupBy(findings, ({ code }) => code)]
  return [
    ...kinds.flatMap(([code, alike]) => linesOf(code, alike)),
    ...drawings(files),
    ...(missing.length > 0 ? [absent] : []),
    ...(inFolders.length > 0 ? [ignored] : []),
  ]
}

/** Drawings that are not shown whole. */
function drawings(files: ReadPackage['files']): readonly string[] {
  const cleaned = files.filter(({ removed = [] }) => removed.length > 0)
  if (cleaned.length === 0) return []
  const names = listOf(cleaned.map(({ name }) => name))
  const parts = listOf([...new Set(cleaned.flatMap(({ removed = [] }) => removed))])
  return [
    `${count(cleaned.length, 'drawing')} ${cleaned.length === 1 ? 'is' : 'are'} shown without what could run or load something: ${names} (${parts}).`,
  ]
}

/** Kinds of problems that are one sentence, however many there are. */
const grouped: ReadonlySet<Finding['code']> = new Set(['missing-image', 'empty-image', 'same-name'])

/** As many remarks of a kind are told one by one. */
const fewAlike = 3

/** Kinds that a large package may have hundreds of, and what is said of many at once. */
const ofMany: Readonly<Record<string, string>> = {
  'unnamed-file': 'are in the package, but the XML does not name them',
  'foreign-file': 'are not named after this article',
  'missing-image': 'are shown as images by the XML, but not in the package',
  'missing-file': 'are named by the XML, but not in the package',
  'same-figure': 'are left out: the same figures are there in another format',
  'empty-file': 'are empty (0 bytes)',
}

function linesOf(code: Finding['code'], alike: readonly Finding[]): readonly string[] {
  return oneOrMany(alike, ofMany[code])
}

function oneOrMany(alike: readonly Finding[], what: string | undefined): readonly string[] {
  if (what === undefined || alike.length <= fewAlike) return alike.map(({ message }) => message)
  return [`${count(alike.length, 'file')} ${what}: ${listOf(alike.flatMap(({ file }) => file ?? []))}.`]
}

/** Joins problems into one message that ends with what to do about them. */
export function withAdvice(problems: readonly string[]): string {
  return `${problems.join(' ')} Ask the typesetter for a complete package and put it in the bucket again.`
}

function figures(names: readonly string[]): string {
  return count(names.length, 'figure')
}

/** Shortens names to what people call them: `elife-00353-fig1-v1.tif` is `fig1`. */
function shortNames(prefix: string): (names: readonly string[]) => string {
  return (names) => {
    const stems = names.map((name) => parseAssetName(name).stem)
    return listOf(stems.map((stem) => (stem.startsWith(prefix) ? stem.slice(prefix.length) : stem)))
  }
}
