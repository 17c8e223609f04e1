import { activity } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { PublicationEnded } from './publication-ended.ts'
import { storageRetry } from './step.ts'

/** Signals to the delivery that waits for a publication how it ended. One that is gone needs no telling. */
export const tellDelivery = activity({
  name: 'TellDelivery',
  version: '1',
  input: Type.Object({ workflowId: Type.String(), ended: PublicationEnded }),
  output: Type.Void(),
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry: { ...storageRetry, maxAttempts: 200 },
})
