/** The number of works that cite a DOI. */
export interface CitationCount {
  /** In lower case. */
  doi: string
  number: number
}

/** The articles whose citations are asked for. */
export interface CitedArticles {
  /** In lower case. */
  dois: readonly string[]
  /** The DOI prefixes of the journals, `10.7554`. */
  registrants: readonly string[]
}

/** A service that counts citations. */
export interface CitationSource {
  /** The name that readers see, `Crossref`. */
  service: string
  /** Asks for the counts, in batches. Throws CitationSourceError when the service does not answer as it should. */
  counts: (articles: CitedArticles, signal: AbortSignal) => AsyncIterable<CitationCount[]>
}

/** Thrown when a citation service fails; the last numbers stay. A later request may succeed. */
export class CitationSourceError extends Error {
  override readonly name = 'CitationSourceError'
  readonly retry = true
}
