import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { serviceRetry, step } from './step.ts'

/** Gives the article to the site, where it is not public yet. */
export const postToSite = step({
  name: 'PostToSite',
  version: '1',
  event: 'Post EIF',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})
