/** A published article, as reports name it. */
export interface CatalogueArticle {
  id: string
  doi: string
  /** Without markup. */
  title: string
  /** The day of its first version, `2012-12-13`. */
  published?: string
  authorLine?: string
}

export interface ArticleVersions {
  doi: string
  /** Ascending; `poa` or `vor`. */
  versions: { version: number; status: string }[]
}

/** The published articles. */
export interface Catalogue {
  /** Finds an article; undefined if it is unknown or not published. */
  find: (id: string) => Promise<ArticleVersions | undefined>
  list: () => Promise<CatalogueArticle[]>
  /** Throws when the catalogue is unavailable. */
  check: () => Promise<void>
}

/** Returns the use that a page of an article is: its text, or where there is none (PoA) the abstract. */
export function useOfPage({ versions }: ArticleVersions, version?: number): 'full' | 'abstract' | undefined {
  const shown = version === undefined ? versions.at(-1) : versions.find((each) => each.version === version)
  return shown && (shown.status === 'vor' ? 'full' : 'abstract')
}
