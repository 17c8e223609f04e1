import { Type } from 'typebox'
import { Busy, PatientRun } from './busy.ts'
import { serviceRetry, step } from './step.ts'

/** Makes the version public on the site. */
export const approvePublication = step({
  name: 'ApprovePublication',
  version: '1',
  event: 'Approve Publication',
  input: PatientRun,
  output: Type.Union([Type.Void(), Busy]),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: serviceRetry,
})
