import { Type } from 'typebox'
import { Run } from './article-run.ts'
import { serviceRetry, step } from './step.ts'

/** Finds out which version of its article a package is. From here on the dashboard shows the run under it. */
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
