import { implement, type Implementation } from '@continuum/workflow-core'
import { forgetDelivery } from '../../../activities/arrival.ts'
import { forgetDelivery as forget } from '../../run/last-delivery.ts'
import type { Tools } from '../../step/tools.ts'

/** Forgets the run that a person has dismissed, so that the same package may run again. */
export function implementForgetDelivery(tools: Tools): Implementation {
  return implement(forgetDelivery, (run, { signal }) => forget(tools, run, signal))
}
