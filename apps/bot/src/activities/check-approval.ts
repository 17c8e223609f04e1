import { Type } from 'typebox'
import { ArticleRun, Run } from './article-run.ts'
import { serviceRetry, step } from './step.ts'

/** Makes sure that what was approved is what would be published, before anything of it is public. */
export const checkApproval = step({
  name: 'CheckApproval',
  version: '1',
  event: 'Check Approval',
  input: Type.Object({ ...Run.properties, publicationData: Type.String() }),
  output: ArticleRun,
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})
