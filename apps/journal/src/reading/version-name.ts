import { readArticleId, type Journal } from '@continuum/article'

/** An article or a version, as an address names it: `00353`, `00353v2`, `ijm-00202v1`. */
export interface VersionName {
  /** As it is written. */
  id: string
  /** The article's id. */
  article: string
  version?: number
}

export function readName(text: string, journals: readonly Journal[]): VersionName | undefined {
  const [, id, version] = /^(.+?)(?<!-)(?:v([1-9]\d{0,5}))?$/.exec(text) ?? []
  const article = id === undefined ? undefined : readArticleId(id, journals)
  if (id === undefined || article === undefined) return undefined
  return { id, article, ...(version && { version: Number(version) }) }
}

/** `/articles/00353v2` */
export function pathOfName({ id, version }: Pick<VersionName, 'id' | 'version'>): string {
  return `/articles/${id}${version === undefined ? '' : `v${version}`}`
}
