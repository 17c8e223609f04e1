import { commandName, type Command } from '../history/command.ts'
import type { Start } from '../history/workflow-event.ts'
import { errorClass, errorMessage, shorten } from '../values/error-text.ts'
import { ActivityFailure } from '../values/errors.ts'
import { stepId } from '../values/step-id.ts'

/** SWF's limits: 256 characters of reason; what is kept of a message or a stack leaves room for JSON's escapes. */
const longestReason = 256
const longestText = 2_500

export function completion(result: string | undefined): Command {
  return {
    name: commandName.completion(),
    decision: {
      decisionType: 'CompleteWorkflowExecution',
      completeWorkflowExecutionDecisionAttributes: result === undefined ? {} : { result },
    },
  }
}

export function cancellation(): Command {
  return {
    name: commandName.cancellation(),
    decision: { decisionType: 'CancelWorkflowExecution', cancelWorkflowExecutionDecisionAttributes: {} },
  }
}

/** The new run is started as this one was: what is not said again SWF takes from the registered type. */
export function continuation(input: string | undefined, start: Start | undefined): Command {
  const { taskList, childPolicy, tagList, executionStartToCloseTimeout, taskStartToCloseTimeout } = start ?? {}
  return {
    name: commandName.continuation(),
    decision: {
      decisionType: 'ContinueAsNewWorkflowExecution',
      continueAsNewWorkflowExecutionDecisionAttributes: {
        input,
        taskList,
        childPolicy,
        tagList,
        executionStartToCloseTimeout,
        taskStartToCloseTimeout,
      },
    },
  }
}

/**
 * Fails the execution with a reason to be read at three in the morning: which step, how it failed, how often it was
 * tried; the details are JSON, with the author's line where the workflow itself threw.
 */
export function failure(error: unknown): Command {
  const { reason, details } = describe(error)
  return {
    name: commandName.failure(),
    decision: {
      decisionType: 'FailWorkflowExecution',
      failWorkflowExecutionDecisionAttributes: {
        reason: shorten(reason, longestReason),
        details: JSON.stringify(details),
      },
    },
  }
}

function describe(error: unknown): { reason: string; details: object } {
  const message = shorten(errorMessage(error), longestText)
  if (error instanceof ActivityFailure) {
    const { activity, key, attempts, reason, permanent } = error
    const how = permanent ? 'failed for good' : `failed after ${attempts} attempt${attempts === 1 ? '' : 's'}`
    return {
      reason: `${stepId(activity, key)} ${how}: ${reason}: ${message}`,
      details: { activity, ...(key === undefined ? {} : { key }), attempts, reason, message, permanent },
    }
  }
  const stack = error instanceof Error ? shorten(error.stack ?? '', longestText) : undefined
  return { reason: `${errorClass(error)}: ${message}`, details: { reason: errorClass(error), message, stack } }
}
