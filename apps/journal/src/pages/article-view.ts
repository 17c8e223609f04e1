import type { Journal } from '@continuum/article'
import type { Article, History, Related } from '../article/article.ts'
import type { Dates } from '../editions/edition.ts'
import type { PublishedVersion } from '../editions/edition-store.ts'
import type { Files } from '../markup/sanitise.ts'

/** Everything that the page of an article version shows. */
export interface ArticleView {
  article: Article
  journal: Pick<Journal, 'name' | 'publisher' | 'issn'>
  /** Absent while the version is not published. */
  dates: Dates | undefined
  /** Of version 1, as exactly as it is known: `2012-12-13`, `2026-04`. */
  publicationDate: string | undefined
  /** The published versions, ascending. */
  versions: readonly PublishedVersion[]
  history: History | undefined
  related: Related
  files: Files
  /** Set for a preview: the time at which its link expires. */
  previewUntil: Temporal.Instant | undefined
}

/** `/articles/00353v1` */
export function versionPath(article: Pick<Article, 'id' | 'version'>): string {
  return `/articles/${article.id}v${article.version}`
}

/** The address at which the article shown is read: its own, or that of the version where it is a preview or not the newest. */
export function articlePath({ article, versions, previewUntil }: ArticleView): string {
  const isNewest = !previewUntil && (versions.at(-1)?.version ?? article.version) === article.version
  return isNewest ? `/articles/${article.id}` : versionPath(article)
}
