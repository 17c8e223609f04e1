import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { serviceRetry, step } from './step.ts'

/** Makes the version public in the article store. */
export const publishToLax = step({
  name: 'PublishToLax',
  version: '1',
  event: 'Publish To Lax',
  input: ArticleRun,
  /** The version's date of publication, an instant. */
  output: Type.Object({ published: Type.String() }),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})
