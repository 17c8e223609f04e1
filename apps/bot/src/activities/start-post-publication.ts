import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { step, storageRetry } from './step.ts'

/** Asks for what follows a publication, and then tells the dashboard that the version is published. */
export const startPostPublication = step({
  name: 'StartPostPublication',
  version: '1',
  event: 'Start Post Publication',
  /** `published`: the instant that the archive's name is stamped with. */
  input: Type.Object({ ...ArticleRun.properties, published: Type.String() }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: storageRetry,
})
