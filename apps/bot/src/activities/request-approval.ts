import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { step, storageRetry } from './step.ts'

/** Asks, in place of a person, for the run to be published. */
export const requestApproval = step({
  name: 'RequestApproval',
  version: '1',
  event: 'Request Publication',
  /** `heldBy`: the workflowId of the execution that waits for the end of the publication. */
  input: Type.Object({ ...ArticleRun.properties, heldBy: Type.String() }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})
