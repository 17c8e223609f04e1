import { ActivityFailure, type Uses } from '@continuum/workflow-core'

/** A step that failed for good, under the name that the dashboard knows it by. */
export interface FailedStep {
  readonly event: string
  readonly reason: string
  readonly message: string
  readonly attempts: number
  readonly permanent: boolean
}

/**
 * Takes the steps of a workflow. When one fails for good, has it reported, and only then lets the execution fail with it.
 * A failure of the report itself changes nothing about that.
 *
 * @param uses the workflow's activities, of which the steps know their events
 */
export async function reported<Result>(
  uses: Uses,
  report: (failed: FailedStep) => Promise<void>,
  steps: () => Promise<Result>,
): Promise<Result> {
  try {
    return await steps()
  } catch (error) {
    if (error instanceof ActivityFailure) await report(failedStep(uses, error)).catch(notReported)
    throw error
  }
}

/** Waits for all, and only then fails with the first that failed: its report is the last word on the run. */
export async function together(steps: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(steps)
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure) throw failure.reason
}

function failedStep(uses: Uses, failure: ActivityFailure): FailedStep {
  const { activity, reason, message, attempts, permanent } = failure
  const declared = Object.values(uses).find(({ name }) => name === activity)
  const event = declared && 'event' in declared ? String(declared.event) : activity
  return { event, reason, message, attempts, permanent }
}

function notReported(error: unknown): void {
  if (!(error instanceof ActivityFailure)) throw error
}
