import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { serviceRetry, step } from './step.ts'

/** Gives the article to the article store, where it is not public yet. */
export const ingestToLax = step({
  name: 'IngestToLax',
  version: '1',
  event: 'Ingest To Lax',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})
