import { Type } from 'typebox'
import { Run } from './article-run.ts'
import { step, storageRetry } from './step.ts'

/** Tells the dashboard that all that follows the publication is done. */
export const endPostPublication = step({
  name: 'EndPostPublication',
  version: '1',
  event: 'Post Publication',
  input: Run,
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})
