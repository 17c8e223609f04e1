import type { KnownRun, Version } from '../../derive/history/model.ts'
import type { KnownArticle } from '../../project/article-rows.ts'

/** The run that an article's page shows. */
export interface ShownRun {
  known: KnownArticle
  version: Version
  run: KnownRun
}
