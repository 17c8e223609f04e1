import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { storageRetry, step } from './step.ts'

/** Decides by rule whether the run waits for a person or is published at once. */
export const setPublicationStatus = step({
  name: 'SetPublicationStatus',
  version: '1',
  event: 'Set Publication Status',
  input: ArticleRun,
  output: Type.Object({ automatic: Type.Boolean() }),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})
