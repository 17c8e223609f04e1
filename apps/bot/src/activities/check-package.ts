import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { storageRetry, step } from './step.ts'

/** Compares the package with its XML. What makes it unfit to publish fails the run; the rest is shown as findings. */
export const checkPackage = step({
  name: 'CheckPackage',
  version: '1',
  event: 'Check Package',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '10m', heartbeat: '60s' },
  retry: storageRetry,
})
