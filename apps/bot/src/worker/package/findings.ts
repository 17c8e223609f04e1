import { parseAssetName, type PackageReport } from '@continuum/article'
import type { Manifest } from '../run/manifest.ts'
import { count, some } from '../../messages/wording.ts'

/** What is wrong with a package, a sentence each: it must not be published so. */
export function problemsOf({ problems }: PackageReport, { article, files }: Manifest): string[] {
  const short = shortNames(`${article.journal}-${article.articleId}-`)
  const missing = problems.flatMap(({ code, file }) => (code === 'missing-image' && file !== undefined ? [file] : []))
  const broken = files.filter((file) => file.notAnImage !== undefined).map((file) => file.name)
  return [
    ...problems.filter(({ code }) => code !== 'missing-image').map(({ message }) => message),
    ...(missing.length > 0
      ? [`${figures(missing)} ${missing.length === 1 ? 'has' : 'have'} no file: ${short(missing)}.`]
      : []),
    ...(broken.length > 0
      ? [`${figures(broken)} ${broken.length === 1 ? 'is' : 'are'} no image: ${short(broken)}.`]
      : []),
  ]
}

/** What someone should look at, a line each; it stops nothing. */
export function findingsOf({ findings }: PackageReport, { inFolders }: Manifest): string[] {
  const left = `${count(inFolders.length, 'file')} in folders of the zip left out: ${some(inFolders)}.`
  return [...findings.map(({ message }) => message), ...(inFolders.length > 0 ? [left] : [])]
}

/** All that is wrong, with what to do about it. */
export function sentenceOf(problems: readonly string[]): string {
  return `${problems.join(' ')} Ask the typesetter for a complete package and put it in the bucket again.`
}

function figures(names: readonly string[]): string {
  return count(names.length, 'figure')
}

/** `elife-00353-fig1-v1.tif` as people call it: `fig1`. */
function shortNames(prefix: string): (names: readonly string[]) => string {
  return (names) => {
    const stems = names.map((name) => parseAssetName(name).stem)
    return some(stems.map((stem) => (stem.startsWith(prefix) ? stem.slice(prefix.length) : stem)))
  }
}
