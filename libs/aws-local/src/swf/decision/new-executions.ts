import { resolve, undefinedDefault } from '../execution/configuration.ts'
import type { Configuration } from '../execution/events.ts'
import * as m from '../wire/members.ts'
import { structure, text } from '../wire/shape.ts'
import { unhandled } from './closing.ts'
import { decision, type Batch } from './decision.ts'

/** Maximum number of open children of an execution. */
const openLimit = 1000

const settings = {
  input: m.data,
  executionStartToCloseTimeout: m.executionTimeout,
  taskList: m.taskList,
  taskPriority: m.priority,
  taskStartToCloseTimeout: m.duration,
  childPolicy: m.childPolicy,
  tagList: m.tagList,
  lambdaRole: m.arn,
}

/** Records the request to start a child; the side effect of that event starts it. */
export const startChildWorkflowExecution = decision(
  structure({ workflowType: m.versioned, workflowId: m.workflowId }, { ...settings, control: m.data }),
  (draft, attributes, batch) => {
    const { workflowId, workflowType, control } = attributes
    const { decisionTaskCompletedEventId } = batch
    const full = draft.state.children.size >= openLimit ? { cause: 'OPEN_CHILDREN_LIMIT_EXCEEDED' } : undefined
    const configuration = full ?? configure(attributes, batch)
    if ('cause' in configuration) {
      const { cause } = configuration
      const ids = { workflowType, workflowId, initiatedEventId: 0, control, decisionTaskCompletedEventId }
      draft.record('StartChildWorkflowExecutionFailed', { cause, ...ids })
      batch.requestDecisionTask()
    } else {
      const ids = { workflowId, control, decisionTaskCompletedEventId }
      draft.record('StartChildWorkflowExecutionInitiated', { ...configuration, ...ids })
    }
  },
)

/** Continues the execution as a new run. Attributes that the decision omits come from the type, none from this run. */
export const continueAsNewWorkflowExecution = decision(
  structure({}, { ...settings, workflowTypeVersion: text({ min: 1, max: 64 }) }),
  (draft, attributes, batch) => {
    const { decisionTaskCompletedEventId } = batch
    const { name, version } = draft.state.configuration.workflowType
    const workflowType = { name, version: attributes.workflowTypeVersion ?? version }
    const configuration = configure({ ...attributes, workflowType }, batch)
    const failure = unhandled(batch)
    if (failure) draft.record('ContinueAsNewWorkflowExecutionFailed', failure)
    else if ('cause' in configuration) {
      const { cause } = configuration
      draft.record('ContinueAsNewWorkflowExecutionFailed', { cause, decisionTaskCompletedEventId })
      batch.requestDecisionTask()
    } else {
      const ids = { newExecutionRunId: batch.newRunId(), decisionTaskCompletedEventId }
      draft.record('WorkflowExecutionContinuedAsNew', { ...configuration, ...ids })
    }
  },
  { closes: true, optional: true },
)

function configure(request: Parameters<typeof resolve>[0], batch: Batch): Configuration | { cause: string } {
  const type = batch.workflowType(request.workflowType)
  if (type === undefined) return { cause: 'WORKFLOW_TYPE_DOES_NOT_EXIST' }
  if (type.status === 'DEPRECATED') return { cause: 'WORKFLOW_TYPE_DEPRECATED' }
  const configuration = resolve(request, type.defaults)
  return 'missing' in configuration ? { cause: undefinedDefault[configuration.missing] } : configuration
}
