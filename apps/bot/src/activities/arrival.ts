import { DeliveryData } from '@continuum/messages'
import { Type } from 'typebox'
import { ArticleRun, Run } from './article-run.ts'
import { serviceRetry, step, storageRetry } from './step.ts'

/** Determines the version of the article that a package is. From here on the dashboard shows the run under it. */
export const versionLookup = step({
  name: 'VersionLookup',
  version: '1',
  event: 'Version Lookup',
  /** `fileName`: the package's key in the production bucket. */
  input: Type.Object({ ...Run.properties, fileName: Type.String() }),
  output: Type.Object({ version: Type.Integer({ minimum: 1 }) }),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})

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

/** Compares the package with its XML. Problems fail the run; findings are only shown. */
export const checkPackage = step({
  name: 'CheckPackage',
  version: '1',
  event: 'Check Package',
  input: ArticleRun,
  output: Type.Void(),
  timeouts: { startToClose: '10m', heartbeat: '60s' },
  retry: storageRetry,
})
