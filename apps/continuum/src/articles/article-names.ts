import { basename } from 'node:path'
import { articleIdOf, readArticleId, type Journal } from '@continuum/article'

/** A version of an article. */
export interface VersionAddress {
  readonly id: string
  readonly version: number
}

/** Reads `elife-00353-v1.xml.json`, `elife-00353-v1.json` or `elife-00353-v1.xml`; undefined for other names. */
export function addressInName(path: string, journals: readonly Journal[]): VersionAddress | undefined {
  const found = /^(?<stem>.+)-v(?<version>[1-9]\d{0,8})\.(?:xml\.json|json|xml)$/.exec(basename(path))
  const { stem = '', version = '' } = found?.groups ?? {}
  const journal = journals.find(({ prefix }) => stem.startsWith(`${prefix}-`))
  return journal && { id: articleIdOf(journal, stem.slice(journal.prefix.length + 1)), version: Number(version) }
}

/** Reads `353v1`, `00353.1` or `ijm-202v1`, as people write a version; undefined for other texts. */
export function addressInText(text: string, journals: readonly Journal[]): VersionAddress | undefined {
  const { id = '', version = '' } = /^(?<id>.+?)[v.](?<version>[1-9]\d{0,8})$/i.exec(text)?.groups ?? {}
  const article = readArticleId(id.toLowerCase(), journals)
  return article === undefined || version === '' ? undefined : { id: article, version: Number(version) }
}

/** The files of a folder that are articles: of one version in both forms the JSON, for it is what was checked. */
export function articleFiles(names: readonly string[], journals: readonly Journal[]): readonly string[] {
  const articles = names.filter((name) => addressInName(name, journals))
  const asJson = new Set(articles.filter((name) => name.endsWith('.json')).map((name) => stemOf(name)))
  return articles.filter((name) => name.endsWith('.json') || !asJson.has(stemOf(name))).toSorted()
}

function stemOf(name: string): string {
  return name.replace(/(?:\.xml)?(?:\.json|\.xml)$|\.xml$/, '')
}
