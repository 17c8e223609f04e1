import { propertiesOf, textOf } from '../history/article.ts'
import { runStateOf } from './run-state.ts'
import type { Article, ArticleRequest } from '../history/model.ts'

/**
 * What `POST /api/article_publication_status` answers of a version: its status, or `error` and why where its latest run
 * has failed and nobody has asked for it again since.
 */
export function publicationStatus(
  article: Article | undefined,
  requests: readonly ArticleRequest[],
  number: number,
): { status: string | null; message: string } {
  const version = article?.versions.find((one) => one.number === number)
  if (!article || !version) return { status: null, message: '' }
  const status = textOf(propertiesOf(article, version), 'publication-status') ?? null
  const run = version.runs.at(-1)
  const failed = run && runStateOf(run, requests) === 'failed'
  return failed && status !== 'published'
    ? { status: 'error', message: run.failure?.message ?? '' }
    : { status, message: '' }
}
