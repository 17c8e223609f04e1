import { commandName, type Command } from '../history/command.ts'
import type { Start } from '../history/workflow-event.ts'
import { errorClass, errorMessage, shorten } from '../values/error-text.ts'
import { ActivityFailure } from '../values/errors.ts'
import { stepId } from '../values/step-id.ts'

/** SWF's limit for a reason. */
const maxReasonLength = 256
/** Keeps message and stack below SWF's 32,768 characters of details, JSON's escapes included. */
const maxTextLength = 2_500

/** Completes the execution. */
export function completion(result: string | undefined): Command {
  return {
    name: commandName.completion(),
    decision: {
      decisionType: 'CompleteWorkflowExecution',
      completeWorkflowExecutionDecisionAttributes: result === undefined ? {} : { result },
    },
  }
}

/** Closes a cancelled execution as canceled. */
export function cancellation(): Command {
  return {
    name: commandName.cancellation(),
    decision: { decisionType: 'CancelWorkflowExecution', cancelWorkflowExecutionDecisionAttributes: {} },
  }
}

/** Continues as a new run with the settings of this one; SWF would take those left out from the registered type. */
export function continuation(input: string | undefined, start: Start | undefined): Command {
  const { taskList, taskPriority, childPolicy, tagList, executionStartToCloseTimeout, taskStartToCloseTimeout } =
    start ?? {}
  return {
    name: commandName.continuation(),
    decision: {
      decisionType: 'ContinueAsNewWorkflowExecution',
      continueAsNewWorkflowExecutionDecisionAttributes: {
        input,
        taskList,
        ...(taskPriority === undefined ? {} : { taskPriority }),
        childPolicy,
        tagList,
        executionStartToCloseTimeout,
        taskStartToCloseTimeout,
      },
    },
  }
}

/**
 * Fails the execution with a reason for whoever is on call: which step failed, how, and after how many attempts. The
 * details are JSON, with a stack if the workflow itself threw.
 */
export function failure(error: unknown): Command {
  const { reason, details } = describe(error)
  return {
    name: commandName.failure(),
    decision: {
      decisionType: 'FailWorkflowExecution',
      failWorkflowExecutionDecisionAttributes: {
        reason: shorten(reason, maxReasonLength),
        details: JSON.stringify(details),
      },
    },
  }
}

function describe(error: unknown): { reason: string; details: object } {
  const message = shorten(errorMessage(error), maxTextLength)
  if (error instanceof ActivityFailure) {
    const { activity, key, attempts, reason, permanent } = error
    const how = permanent ? 'failed for good' : `failed after ${attempts} attempt${attempts === 1 ? '' : 's'}`
    return {
      reason: `${stepId(activity, key)} ${how}: ${reason}: ${message}`,
      details: { activity, ...(key === undefined ? {} : { key }), attempts, reason, message, permanent },
    }
  }
  const stack = error instanceof Error ? shorten(error.stack ?? '', maxTextLength) : undefined
  return { reason: `${errorClass(error)}: ${message}`, details: { reason: errorClass(error), message, stack } }
}
