import type { ChildPolicy, Decision } from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../../declare/declared-workflow.ts'
import type { ChildOptions } from '../../declare/workflow-tools.ts'
import { commandName, type Commands } from '../../history/command.ts'
import type { WorkflowEvent } from '../../history/workflow-event.ts'
import type { Deferred } from './pending-promises.ts'
import { decisionTimeout } from '../../values/decision-timeout.ts'
import { toSeconds } from '../../values/duration.ts'
import { CancelledFailure, ChildFailure } from '../../values/errors.ts'
import { decode, encode } from '../../values/payload.ts'

export type ChildEvent = Extract<WorkflowEvent, { kind: 'childCompleted' | 'childEnded' }>

/** The child workflows of one execution, by their workflow ids. */
export interface Children {
  /**
   * Starts a child and settles the promise when it closes.
   * @returns a function that requests the child's cancellation; the promise settles as the child closes
   */
  begin(
    child: { id: string; workflow: AnyWorkflow; input: unknown; taskList: string | undefined; options: ChildOptions },
    deferred: Deferred<unknown>,
  ): () => void
  deliver(event: ChildEvent): void
  open(): number
}

/** Creates the children of an execution. */
export function createChildren(commands: Commands, maxLength: number): Children {
  const children = new Map<string, Deferred<unknown> & { readonly workflow: AnyWorkflow; cancelled: boolean }>()
  return {
    begin: ({ id, workflow, input, taskList, options }, deferred) => {
      const text = encode(workflow.input, input, `Input of child ${id}`, maxLength)
      const child = { ...deferred, workflow, cancelled: false }
      commands.add({ name: commandName.child(id), decision: startChild(id, workflow, text, taskList, options) })
      children.set(id, child)
      return () => {
        child.cancelled = true
        if (!commands.withdraw(commandName.child(id))) {
          commands.add({
            decision: {
              decisionType: 'RequestCancelExternalWorkflowExecution',
              requestCancelExternalWorkflowExecutionDecisionAttributes: { workflowId: id },
            },
          })
          return
        }
        children.delete(id)
        deferred.reject(new CancelledFailure(`Child ${id} was cancelled.`))
      }
    },
    deliver: (event) => {
      const child = children.get(event.id)
      if (child === undefined) return
      children.delete(event.id)
      const { workflow } = child
      if (event.kind === 'childCompleted') {
        return child.resolve(decode(workflow.output, event.result, `Output of child ${event.id}`))
      }
      if (child.cancelled && event.how === 'canceled') {
        return child.reject(new CancelledFailure(`Child ${event.id} was cancelled.`))
      }
      const { how, reason, details } = event
      child.reject(new ChildFailure({ workflow: workflow.name, workflowId: event.id, how, reason, details }))
    },
    open: () => children.size,
  }
}

function startChild(
  workflowId: string,
  { name, version, timeout, priority }: AnyWorkflow,
  input: string | undefined,
  taskList: string | undefined,
  options: ChildOptions,
): Decision {
  const policies: Readonly<Record<NonNullable<ChildOptions['childPolicy']>, ChildPolicy>> = {
    terminate: 'TERMINATE',
    cancel: 'REQUEST_CANCEL',
    abandon: 'ABANDON',
  }
  return {
    decisionType: 'StartChildWorkflowExecution',
    startChildWorkflowExecutionDecisionAttributes: {
      workflowId,
      workflowType: { name, version },
      input,
      taskList: taskList === undefined ? undefined : { name: taskList },
      ...(priority === undefined ? {} : { taskPriority: String(priority) }),
      executionStartToCloseTimeout: String(toSeconds(options.timeout ?? timeout)),
      taskStartToCloseTimeout: decisionTimeout,
      childPolicy: policies[options.childPolicy ?? 'terminate'],
      tagList: options.tags === undefined ? undefined : [...options.tags],
    },
  }
}
