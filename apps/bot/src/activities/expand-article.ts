import { DeliveryData } from '@continuum/messages'
import { Type } from 'typebox'
import { ArticleRun, Run } from './article-run.ts'
import { step, storageRetry } from './step.ts'

/** Unpacks a package and stores its files under the names that they have in its version. */
export const expandArticle = step({
  name: 'ExpandArticle',
  version: '1',
  event: 'Expand Article',
  input: Type.Object({ ...Run.properties, delivery: DeliveryData }),
  output: ArticleRun,
  timeouts: { startToClose: '2h', heartbeat: '60s' },
  retry: storageRetry,
})
