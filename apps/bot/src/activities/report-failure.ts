import { activity } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { Run } from './article-run.ts'
import { storageRetry } from './step.ts'

/**
 * Shows on the dashboard that a step has failed for good. It is a step of its own because the one that failed may have
 * had no worker any more to say so.
 */
export const reportFailure = activity({
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
    /** What to do when the cause is gone; a permanent failure's message says that itself. */
    advice: Type.String(),
    /** The version was being published: it may be public in one place and not in another. */
    publishing: Type.Boolean(),
  }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: { ...storageRetry, maxAttempts: 200 },
})
