import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { serviceRetry, step } from './step.ts'

/** Makes the version public on the site. */
export const approvePublication = step({
  name: 'ApprovePublication',
  version: '1',
  event: 'Approve Publication',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { run: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})
