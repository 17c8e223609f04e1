import { Type } from 'typebox'
import { Busy, PatientRun } from './busy.ts'
import { serviceRetry, step } from './step.ts'

/** Gives the article to the site, where it is not public yet. */
export const postToSite = step({
  name: 'PostToSite',
  version: '1',
  event: 'Post EIF',
  input: PatientRun,
  output: Type.Union([Type.Void(), Busy]),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})
