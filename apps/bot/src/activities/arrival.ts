import { DeliveryData } from '@continuum/messages'
import { Type } from 'typebox'
import { ArticleRun, Run } from './article-run.ts'
import { serviceRetry, step, storageRetry, unshown } from './step.ts'

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

/** Tells whether a delivery has the files of the run before it, which make no new version. */
export const compareDelivery = step({
  name: 'CompareDelivery',
  version: '1',
  event: 'Compare Delivery',
  input: Type.Object({ ...Run.properties, delivery: DeliveryData }),
  /** `sameAs`: the run that has the same files. */
  output: Type.Object({
    sameAs: Type.Optional(Type.Object({ version: Type.Integer({ minimum: 1 }), run: Type.String() })),
  }),
  timeouts: { startToClose: '2h', heartbeat: '60s' },
  retry: storageRetry,
})

/** Forgets the files of a run that was dismissed. */
export const forgetDelivery = unshown({
  name: 'ForgetDelivery',
  version: '1',
  input: Run,
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: { ...storageRetry, maxAttempts: 200 },
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
