import { parseAssetName, type PackageReport } from '@continuum/article'
import { count, listOf } from './wording.ts'

/** A package that was read: what its article is, and what was found in its files. */
export interface ReadPackage {
  readonly article: { readonly journal: string; readonly articleId: string }
  readonly files: readonly { readonly name: string; readonly notAnImage?: string }[]
  /** Paths of files in folders, which were ignored. */
  readonly inFolders: readonly string[]
}

/** Lists the problems of a package, a sentence each. A package with problems must not be published. */
export function problemsOf({ problems }: PackageReport, { article, files }: ReadPackage): string[] {
  const short = shortNames(`${article.journal}-${article.articleId}-`)
  const missing = problems.flatMap(({ code, file }) => (code === 'missing-image' && file !== undefined ? [file] : []))
  const broken = files.filter((file) => file.notAnImage !== undefined).map((file) => file.name)
  return [
    ...problems.filter(({ code }) => code !== 'missing-image').map(({ message }) => message),
    ...(missing.length > 0
      ? [`${figures(missing)} ${missing.length === 1 ? 'has' : 'have'} no file: ${short(missing)}.`]
      : []),
    ...(broken.length > 0
      ? [
          `${figures(broken)} ${broken.length === 1 ? 'is not a readable image' : 'are not readable images'}: ${short(broken)}.`,
        ]
      : []),
  ]
}

/** Lists what an editor should review, a line each. Findings stop nothing. */
export function findingsOf({ findings }: PackageReport, { inFolders }: Pick<ReadPackage, 'inFolders'>): string[] {
  const ignored = `${count(inFolders.length, 'file')} in folders of the zip ignored: ${listOf(inFolders)}.`
  return [...findings.map(({ message }) => message), ...(inFolders.length > 0 ? [ignored] : [])]
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
