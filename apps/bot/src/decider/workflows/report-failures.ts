import { ActivityFailure, type Uses } from '@continuum/workflow-core'

/** A step that failed for good; `event` is its name on the dashboard. */
export interface FailedStep {
  readonly event: string
  readonly reason: string
  readonly message: string
  readonly attempts: number
  readonly permanent: boolean
}

/**
 * Runs the steps of a workflow. When one fails for good, reports it, and only then lets the execution fail with it, even if
 * the report itself fails.
 *
 * @param uses the workflow's activities, which have the names of the steps on the dashboard
 */
export async function withFailureReport<Result>(
  uses: Uses,
  report: (failed: FailedStep) => Promise<void>,
  steps: () => Promise<Result>,
): Promise<Result> {
  try {
    return await steps()
  } catch (error) {
    if (error instanceof ActivityFailure) await report(failedStep(uses, error)).catch(ignoreActivityFailure)
    throw error
  }
}

/** Waits for all steps, and only then fails with the first that failed, so that its report is the run's last message. */
export async function allDone(steps: readonly Promise<unknown>[]): Promise<void> {
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

function ignoreActivityFailure(error: unknown): void {
  if (!(error instanceof ActivityFailure)) throw error
}
