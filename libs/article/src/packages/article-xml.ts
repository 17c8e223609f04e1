import { articleFileName, isNamedAfterArticle, versionedFileName } from '../naming/asset-name.ts'
import { classifyFile } from '../naming/file-kind.ts'
import { isNumberOf } from '../journal/article-id.ts'
import { canonicalId, type Journal } from '../journal/journal.ts'

/** The files of a package, and the article that it is of. */
export interface PackageFiles {
  readonly journal: Journal
  readonly articleId: string
  /** Names of the files at its top level. */
  readonly files: readonly string[]
}

/**
 * The one XML that is the article itself, or why there is none. It is that which is named after the article, by the journal's
 * settings or as its id is written; where none is, the only XML of the package, unless that is named after another article.
 */
export function findArticleXml({
  journal,
  articleId,
  files,
}: PackageFiles):
  | { file: string }
  | { problem: { code: 'no-article-xml' | 'several-article-xmls'; message: string; file?: string } } {
  const xmls = files.filter((name) => name.toLowerCase().endsWith('.xml'))
  const byId = articleFileName(journal, articleId, 1, 'xml').toLowerCase()
  const isNamed = (name: string) =>
    classifyFile(name, journal, articleId) === 'articleXml' || versionedFileName(name, 1).toLowerCase() === byId
  const named = xmls.filter(isNamed).toSorted()
  const [file, ...others] =
    named.length > 0 || xmls.length !== 1 ? named : xmls.filter((name) => !isNamedAfterArticle(name, journal))
  if (file === undefined) {
    const found = xmls.length > 0 ? `; the XML files are ${xmls.join(', ')}` : ''
    const message = `The package has no article XML: ${articleXmlName(journal, articleId)} is expected${found}.`
    return { problem: { code: 'no-article-xml', message } }
  }
  if (others.length === 0) return { file }
  const message = `The package has several article XMLs (${[file, ...others].join(', ')}). Leave the right one in it.`
  return { problem: { code: 'several-article-xmls', message, file } }
}

/** The name that the settings give the article's XML: `journal.pone.0012345.xml`. */
export function articleXmlName(journal: Journal, articleId: string): string {
  const { prefix, fileStem } = journal
  const number = writtenNumber(journal, canonicalId(journal, articleId)) ?? '<number>'
  return `${fileStem.replace('{prefix}', prefix).replace('{number}', number)}.xml`
}

/** A number as the journal writes it in names, by what of it stands in ids: `pone.0012345` of `pone-0012345`. */
function writtenNumber(journal: Journal, canonical: string): string | undefined {
  const parts = canonical.split('-')
  const forms = parts.flatMap((_, index) =>
    ['-', '.', '_'].map((sign) => [parts.slice(0, index + 1).join('.'), ...parts.slice(index + 1)].join(sign)),
  )
  return forms.find((form) => isNumberOf(journal, form))
}
