import { propertiesOf, textOf } from '../history/article.ts'
import { runStateOf } from './run-state.ts'
import type { Article, ArticleRequest } from '../history/model.ts'

/**
 * Returns the answer of `POST /api/article_publication_status` for a version: its status, or `error` with the reason if
 * its latest run has failed and its publication was not requested again.
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
