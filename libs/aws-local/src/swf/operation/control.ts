import type { Execution } from '../engine/open-executions.ts'
import { terminate } from '../execution/closing.ts'
import { scheduleDecisionTask } from '../execution/decision-tasks.ts'
import { unknownExecution } from '../wire/errors.ts'
import { domainNamed, type Swf } from './swf.ts'
import * as m from '../wire/members.ts'
import { structure } from '../wire/shape.ts'
import { operation } from './operation.ts'

const target = { domain: m.name, workflowId: m.workflowId }

/** The addressed execution: the given run, or the open one of that workflow id. */
function openExecution(swf: Swf, at: { domain: string; workflowId: string; runId?: string }): Execution {
  const { name } = domainNamed(swf, at.domain)
  const execution = swf.engine.open.find(name, at.workflowId, at.runId)
  if (execution === undefined) throw unknownExecution(at.workflowId, at.runId)
  return execution
}

export const signalWorkflowExecution = operation(
  structure({ ...target, signalName: m.label }, { runId: m.runId, input: m.data }),
  (swf, { signalName, input, ...at }) =>
    swf.engine.change(openExecution(swf, at), (draft) => {
      draft.record('WorkflowExecutionSignaled', { signalName, input, externalInitiatedEventId: 0 })
      scheduleDecisionTask(draft)
    }),
)

export const requestCancelWorkflowExecution = operation(structure(target, { runId: m.runId }), (swf, at) =>
  swf.engine.change(openExecution(swf, at), (draft) => {
    draft.record('WorkflowExecutionCancelRequested', { externalInitiatedEventId: 0 })
    scheduleDecisionTask(draft)
  }),
)

export const terminateWorkflowExecution = operation(
  structure(target, { runId: m.runId, reason: m.reason, details: m.details, childPolicy: m.childPolicy }),
  (swf, { reason, details, childPolicy, ...at }) =>
    swf.engine.change(openExecution(swf, at), (draft) =>
      terminate(draft, { reason, details, childPolicy, cause: 'OPERATOR_INITIATED' }),
    ),
)
