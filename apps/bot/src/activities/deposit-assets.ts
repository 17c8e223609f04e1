import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { storageRetry, step } from './step.ts'

/** Lays out the files that readers will get, each with a copy for download, below the run. */
export const depositAssets = step({
  name: 'DepositAssets',
  version: '1',
  event: 'Deposit assets',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '1h', heartbeat: '60s' },
  retry: storageRetry,
})
