import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { storageRetry, step } from './step.ts'

/** Writes the EIF and the article JSON, and tells the dashboard what the article is. */
export const describeArticle = step({
  name: 'DescribeArticle',
  version: '1',
  event: 'Convert JATS',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '10m', heartbeat: '60s' },
  retry: storageRetry,
})
