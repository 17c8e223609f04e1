import { busyPause, type Busy } from '../../activities/busy.ts'
import { ServiceBusyFailure } from '../services/failures.ts'
import type { Done } from './implement-step.ts'

/** Does the work. Where the service that it needs is busy, the outcome is for how long to leave the service alone. */
export async function unlessBusy<Output>(
  busyBefore: number | undefined,
  work: () => Promise<Done<Output>>,
): Promise<Done<Output | Busy>> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ServiceBusyFailure)) throw error
    const busyFor = busyPause(error.retryAfter, busyBefore)
    return { output: { busyFor }, message: error.message, busyFor }
  }
}
