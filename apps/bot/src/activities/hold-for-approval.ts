import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { storageRetry, step } from './step.ts'

/** Hands the run to the people at the dashboard. */
export const holdForApproval = step({
  name: 'HoldForApproval',
  version: '1',
  event: 'Ready To Publish',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})
