import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { storageRetry, step } from './step.ts'

/** Copies the files of the run to the CDN, and removes there what this version no longer has. */
export const publishAssets = step({
  name: 'PublishAssets',
  version: '1',
  event: 'Publish Assets',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '1h', heartbeat: '60s' },
  retry: storageRetry,
})
