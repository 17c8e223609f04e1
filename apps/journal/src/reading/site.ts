import type { Journal } from '@continuum/article'
import type { Sql } from '@continuum/service'
import type { ArticleStore } from './article-store.ts'
import type { PageSettings } from '../pages/layout.ts'
import type { PreviewFiles } from './preview-files.ts'

/** What the routes and pages work with. */
export interface Site {
  /** What all pages have in common. */
  pages: PageSettings
  journals: readonly Journal[]
  sql: Sql
  /** Where the text of articles comes from. */
  articleStore: ArticleStore
  previewFiles: PreviewFiles
  previewSecret: string
  cdnUrl: string
  now: () => Temporal.Instant
}
