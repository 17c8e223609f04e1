import { Type } from 'typebox'
import { ArticleRun } from './article-run.ts'
import { step, storageRetry } from './step.ts'

/** Makes the images that pages show of the figures. Has workers of its own, so that it holds up nothing else. */
export const convertImages = step({
  name: 'ConvertImages',
  version: '1',
  event: 'Resize Images',
  input: ArticleRun,
  output: Type.Void(),
  taskList: 'images',
  timeouts: { startToClose: '6h', heartbeat: '60s' },
  retry: storageRetry,
})
