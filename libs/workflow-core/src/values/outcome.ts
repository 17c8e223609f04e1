import type { HistoryEvent } from '@aws-sdk/client-swf'

/** The outcome of a closed execution. */
export type Outcome =
  | { readonly status: 'completed'; readonly result: string | undefined }
  | {
      readonly status: 'failed' | 'canceled' | 'timed out' | 'terminated'
      readonly reason: string
      readonly details: string
    }
  | { readonly status: 'continued as new'; readonly runId: string }

/** Reads the outcome from the last event of a history; `undefined` while the execution is open. */
export function outcomeOf(event: HistoryEvent): Outcome | undefined {
  switch (event.eventType) {
    case 'WorkflowExecutionCompleted':
      return { status: 'completed', result: event.workflowExecutionCompletedEventAttributes?.result }
    case 'WorkflowExecutionFailed': {
      const { reason = 'no reason given', details = '' } = event.workflowExecutionFailedEventAttributes ?? {}
      return { status: 'failed', reason, details }
    }
    case 'WorkflowExecutionCanceled': {
      const { details = '' } = event.workflowExecutionCanceledEventAttributes ?? {}
      return { status: 'canceled', reason: 'it was cancelled', details }
    }
    case 'WorkflowExecutionTimedOut':
      return { status: 'timed out', reason: 'it ran longer than its time-out', details: '' }
    case 'WorkflowExecutionTerminated': {
      const { reason, cause, details = '' } = event.workflowExecutionTerminatedEventAttributes ?? {}
      return { status: 'terminated', reason: reason ?? cause ?? 'no reason given', details }
    }
    case 'WorkflowExecutionContinuedAsNew': {
      const { newExecutionRunId = '' } = event.workflowExecutionContinuedAsNewEventAttributes ?? {}
      return { status: 'continued as new', runId: newExecutionRunId }
    }
    default:
      return undefined
  }
}
