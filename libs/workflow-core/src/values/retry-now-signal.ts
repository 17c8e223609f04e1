/**
 * The signal that lets the waiting retry of a step begin at once. No workflow can declare a signal of this name, because names of
 * declarations have no colon. Its payload is the id of the attempt, such as `PostToSite#3`: sent twice, it does no more than once.
 */
export const retryNowSignal = 'workflow-core:retry-now'

/** Returns the id of the timer that an attempt waits for. */
export function retryTimerId(attemptId: string): string {
  return `retry.${attemptId}`
}
