import { Type } from 'typebox'
import { Run } from './article-run.ts'
import { storageRetry, unshown } from './step.ts'

/**
 * Shows on the dashboard that a step has failed for good. It is an activity of its own because the failed one may have
 * lost its worker.
 */
export const reportFailure = unshown({
  name: 'ReportFailure',
  version: '1',
  input: Type.Object({
    ...Run.properties,
    /** The step's name on the dashboard. */
    event: Type.String(),
    /** The error's class, or the kind of time-out. */
    reason: Type.String(),
    message: Type.String(),
    attempts: Type.Integer(),
    permanent: Type.Boolean(),
    /** Tells what to do once the cause is fixed; a permanent failure's message says that itself. */
    advice: Type.String(),
    /** The version was being published: it may be public in one place and not in another. */
    publishing: Type.Boolean(),
  }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: { ...storageRetry, maxAttempts: 200 },
})
