import type { Journal } from '@continuum/article'
import type { SiteContent } from '@continuum/settings'
import type { Secrets, Sql } from '@continuum/service'
import type { ArticleStore } from './article-store.ts'
import type { PageSettings } from '../pages/layout.ts'
import type { SiteUsage } from '../usage/hooks.ts'
import type { PublishedFiles } from './published-files.ts'
import type { KeptPages } from './kept-pages.ts'
import type { PreviewFiles } from './preview-files.ts'

/** The dependencies of the routes and pages. */
export interface Site {
  /** The settings that all pages share. */
  pages: PageSettings
  journals: readonly Journal[]
  /** The looks of the journals, and their own pages. */
  content: readonly SiteContent[]
  sql: Sql
  /** The source of the text of articles. */
  articleStore: ArticleStore
  previewFiles: PreviewFiles
  publishedFiles: PublishedFiles
  previewSecret: Secrets
  cdnUrl: string
  /** The site's own address for readers, without a slash at the end. */
  siteUrl: string
  /** The address of the API for readers. */
  apiUrl: string
  usage: SiteUsage
  /** The pages shown last. */
  keptPages: KeptPages
  now: () => Temporal.Instant
}
