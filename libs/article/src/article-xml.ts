import { isNamedAfterArticle } from './asset-name.ts'
import { classifyFile } from './file-kind.ts'
import { canonicalId, type Journal } from './journal.ts'

/** The files of a package, and the article that it is of. */
export interface PackageFiles {
  readonly journal: Journal
  readonly articleId: string
  /** Names of the files at its top level. */
  readonly files: readonly string[]
}

/**
 * The one XML that is the article itself, or why there is none. It is that which is named after the article; where none is,
 * the only XML of the package, unless that is named after another article.
 */
export function findArticleXml({
  journal,
  articleId,
  files,
}: PackageFiles):
  | { file: string }
  | { problem: { code: 'no-article-xml' | 'several-article-xmls'; message: string; file?: string } } {
  const xmls = files.filter((name) => name.toLowerCase().endsWith('.xml'))
  const named = xmls.filter((name) => classifyFile(name, journal, articleId) === 'articleXml').toSorted()
  const [file, ...others] =
    named.length > 0 || xmls.length !== 1 ? named : xmls.filter((name) => !isNamedAfterArticle(name, journal))
  if (file === undefined) {
    const found = xmls.length > 0 ? `; the XML files are ${xmls.join(', ')}` : ''
    const message = `The package has no article XML: ${expectedName(journal, articleId)} is expected${found}.`
    return { problem: { code: 'no-article-xml', message } }
  }
  if (others.length === 0) return { file }
  const message = `The package has several article XMLs (${[file, ...others].join(', ')}). Leave the right one in it.`
  return { problem: { code: 'several-article-xmls', message, file } }
}

function expectedName({ prefix, fileStem, numberPattern, ...journal }: Journal, articleId: string): string {
  const number = canonicalId({ prefix, fileStem, numberPattern, ...journal }, articleId)
  // Where ids are not numbers as they are written, only the form is known.
  const written = new RegExp(`^(?:${numberPattern})$`, 'i').test(number) ? number : '<number>'
  return `${fileStem.replace('{prefix}', prefix).replace('{number}', written)}.xml`
}
