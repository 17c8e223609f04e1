import type { Readable } from 'node:stream'

/** Article JSON, as far as it is read here: a walk finds what is in it. */
export type ArticleContent = Readonly<Record<string, unknown>>

/** A run of an article. */
export interface RunPlace {
  readonly id: string
  readonly version: number
  readonly run: string
}

/** The content that readers get of an article: its content, nothing, or the reason of its withdrawal. */
export type PublicContent =
  | { readonly is: 'public'; readonly version: number; readonly content: ArticleContent }
  | { readonly is: 'nothing' }
  | { readonly is: 'withdrawn'; readonly why: string }

/** A file of a package. */
export interface PackageFile {
  /** The name in its version: `elife-00353-fig1-v1.tif`. */
  readonly name: string
  readonly kind: string
  readonly bytes: number
  /** Absent of runs from before it was kept. */
  readonly sha256?: string
  /** It is not an image, though it should be one. */
  readonly unreadable: boolean
}

/** A stored file on its way to a browser. */
export interface StoredFile {
  readonly stream: Readable
  readonly mediaType: string
}

/** The contents of articles: of runs from the pipeline's buckets, of what is public from the article store. */
export interface ArticleContents {
  /** Reads the article JSON of a run; undefined where it is not there, or no longer. */
  readonly ofRun: (place: RunPlace) => Promise<ArticleContent | undefined>
  /** Reads what readers get: a version, or the newest that is public. */
  readonly ofReaders: (id: string, version?: number) => Promise<PublicContent>
  /** Lists the files of a run's package; undefined where they are not there, or no longer. */
  readonly filesOf: (place: RunPlace) => Promise<readonly PackageFile[] | undefined>
  /** Opens an image as it is shown: of a run, or of what is public. */
  readonly image: (place: RunPlace | { readonly id: string }, name: string) => Promise<StoredFile | undefined>
}

/** Thrown when a content cannot be read now. A later request may succeed. */
export class ContentUnavailableError extends Error {
  override readonly name = 'ContentUnavailableError'
}
