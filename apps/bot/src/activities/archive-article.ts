import { Type } from 'typebox'
import { Run } from './article-run.ts'
import { step, storageRetry } from './step.ts'

/** Zips what was published, under the name that says version and date. */
export const archiveArticle = step({
  name: 'ArchiveArticle',
  version: '1',
  event: 'Archive Article',
  /** `folder` of the run; `published`: the instant that the archive's name is stamped with. */
  input: Type.Object({ ...Run.properties, folder: Type.String(), published: Type.String() }),
  output: Type.Void(),
  timeouts: { startToClose: '2h', heartbeat: '60s' },
  retry: storageRetry,
})
