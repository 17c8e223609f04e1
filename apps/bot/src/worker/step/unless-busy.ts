import { busyPause, type Busy } from '../../activities/busy.ts'
import { ServiceBusy } from '../services/http.ts'
import type { Done } from './implement-step.ts'

/** Does the work; where the service that it needs is busy, that is its outcome, and how long to leave it alone. */
export async function unlessBusy<Output>(
  busyBefore: number | undefined,
  work: () => Promise<Done<Output>>,
): Promise<Done<Output | Busy>> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ServiceBusy)) throw error
    const busyFor = busyPause(error.retryAfter, busyBefore)
    return { output: { busyFor }, message: error.message, busyFor }
  }
}
