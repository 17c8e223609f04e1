import { terminate } from '../execution/closing.ts'
import { scheduleDecisionTask } from '../execution/decision-tasks.ts'
import type { Draft } from '../execution/draft.ts'
import type { ChildPolicy } from '../execution/events.ts'
import type { Child } from '../execution/state.ts'
import { newRunId } from '../execution/run-id.ts'
import type { Execution } from './open-executions.ts'
import type { ExecutionWriter, SideEffects } from './side-effect.ts'

/** Side effects between parents and children: start, outcome, child policy; and the run that continues another. */
export const familySideEffects = {
  StartChildWorkflowExecutionInitiated(engine, parent, { id, attributes }) {
    const { workflowId, control, decisionTaskCompletedEventId, ...configuration } = attributes
    const { workflowType } = configuration
    const { domain, run: parentRun } = parent.state
    if (engine.open.find(domain, workflowId) !== undefined) {
      const cause = 'WORKFLOW_ALREADY_RUNNING'
      const ids = { workflowType, workflowId, initiatedEventId: id, control, decisionTaskCompletedEventId }
      notify(engine, parent, (draft) => draft.record('StartChildWorkflowExecutionFailed', { cause, ...ids }))
      return
    }
    const workflowExecution = { workflowId, runId: newRunId() }
    const parentLink = { parentWorkflowExecution: parentRun, parentInitiatedEventId: id }
    const child = engine.start(domain, workflowExecution, { ...configuration, ...parentLink })
    if (parent.state.closed !== undefined) applyPolicy(engine, child, parent.state.configuration.childPolicy)
    const started = { workflowExecution, workflowType, initiatedEventId: id }
    notify(engine, parent, (draft) => draft.record('ChildWorkflowExecutionStarted', started))
  },

  WorkflowExecutionCompleted(engine, execution, { attributes: { result } }) {
    notifyParent(engine, execution, (draft, ids) => draft.record('ChildWorkflowExecutionCompleted', { ...ids, result }))
    endChildren(engine, execution, execution.state.configuration.childPolicy)
  },
  WorkflowExecutionFailed(engine, execution, { attributes: { reason, details } }) {
    notifyParent(engine, execution, (draft, ids) =>
      draft.record('ChildWorkflowExecutionFailed', { ...ids, reason, details }),
    )
    endChildren(engine, execution, execution.state.configuration.childPolicy)
  },
  WorkflowExecutionCanceled(engine, execution, { attributes: { details } }) {
    notifyParent(engine, execution, (draft, ids) => draft.record('ChildWorkflowExecutionCanceled', { ...ids, details }))
    endChildren(engine, execution, execution.state.configuration.childPolicy)
  },
  WorkflowExecutionTimedOut(engine, execution, { attributes: { timeoutType, childPolicy } }) {
    notifyParent(engine, execution, (draft, ids) =>
      draft.record('ChildWorkflowExecutionTimedOut', { ...ids, timeoutType }),
    )
    endChildren(engine, execution, childPolicy)
  },
  WorkflowExecutionTerminated(engine, execution, { attributes: { childPolicy } }) {
    notifyParent(engine, execution, (draft, ids) => draft.record('ChildWorkflowExecutionTerminated', ids))
    endChildren(engine, execution, childPolicy)
  },

  /** The new run replaces the old one as the child of its parent; children of the old run continue without a parent. */
  WorkflowExecutionContinuedAsNew(engine, execution, { attributes }) {
    const { newExecutionRunId: runId, decisionTaskCompletedEventId: _, ...configuration } = attributes
    const { domain, run, configuration: old } = execution.state
    engine.start(
      domain,
      { workflowId: run.workflowId, runId },
      {
        ...configuration,
        continuedExecutionRunId: run.runId,
        parentWorkflowExecution: old.parentWorkflowExecution,
        parentInitiatedEventId: old.parentInitiatedEventId,
      },
    )
  },
} satisfies SideEffects

/** Records an event in an execution and schedules a decision task, unless the execution is closed. */
export function notify(engine: ExecutionWriter, execution: Execution, write: (draft: Draft) => void): void {
  if (execution.state.closed !== undefined) return
  engine.change(execution, (draft) => {
    write(draft)
    scheduleDecisionTask(draft)
  })
}

type ChildIds = Required<Pick<Child, 'initiatedEventId' | 'startedEventId' | 'workflowType'>> & {
  workflowExecution: { workflowId: string; runId: string }
}

function notifyParent(
  engine: ExecutionWriter,
  { state }: Execution,
  write: (draft: Draft, ids: ChildIds) => void,
): void {
  const {
    parentWorkflowExecution: parentRun,
    parentInitiatedEventId: initiatedEventId,
    workflowType,
  } = state.configuration
  const parent = parentRun === undefined ? undefined : engine.open.ofRun(parentRun.runId)
  const startedEventId = parent?.state.children.get(initiatedEventId)?.startedEventId
  if (parent === undefined || startedEventId === undefined) return
  const ids = { workflowExecution: state.run, workflowType, initiatedEventId, startedEventId }
  notify(engine, parent, (draft) => write(draft, ids))
}

function endChildren(engine: ExecutionWriter, { state }: Execution, policy: ChildPolicy): void {
  for (const { workflowId } of state.children.values()) {
    const child = engine.open.find(state.domain, workflowId)
    if (child?.state.configuration.parentWorkflowExecution?.runId === state.run.runId)
      applyPolicy(engine, child, policy)
  }
}

function applyPolicy(engine: ExecutionWriter, child: Execution, policy: ChildPolicy): void {
  const cause = 'CHILD_POLICY_APPLIED'
  if (policy === 'TERMINATE') engine.change(child, (draft) => terminate(draft, { cause }))
  if (policy === 'REQUEST_CANCEL')
    notify(engine, child, (draft) =>
      draft.record('WorkflowExecutionCancelRequested', { externalInitiatedEventId: 0, cause }),
    )
}
