/** An article or a version, as an address names it: `00353`, `00353v2`. */
export interface VersionName {
  /** As it is written. */
  id: string
  /** The article's number. */
  article: number
  version?: number
}

export function readName(text: string): VersionName | undefined {
  const [, id, version] = /^(\d{1,15})(?:v([1-9]\d{0,5}))?$/.exec(text) ?? []
  return id === undefined ? undefined : { id, article: Number(id), ...(version && { version: Number(version) }) }
}

/** `/articles/00353v2` */
export function pathOfName({ id, version }: Pick<VersionName, 'id' | 'version'>): string {
  return `/articles/${id}${version === undefined ? '' : `v${version}`}`
}
