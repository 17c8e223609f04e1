import type { ChildPolicy, Decision } from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../../declare/declared-workflow.ts'
import type { ChildOptions } from '../../declare/workflow-tools.ts'
import { commandName, type Commands } from '../../history/command.ts'
import type { Happening } from '../../history/workflow-event.ts'
import type { Wait } from './pending-promises.ts'
import { decisionTimeout } from '../../values/decision-timeout.ts'
import { toSeconds } from '../../values/duration.ts'
import { Cancelled, ChildFailure } from '../../values/errors.ts'
import { decode, encode } from '../../values/payload.ts'

export type ChildHappening = Extract<Happening, { kind: 'childCompleted' | 'childEnded' }>

/** The child workflows of one execution, by their workflow ids. */
export interface Children {
  /**
   * Starts a child and awaits its end.
   * @returns cancels it: the child is asked to end, and how it does is how the wait ends
   */
  begin(
    child: { id: string; workflow: AnyWorkflow; input: unknown; taskList: string | undefined; options: ChildOptions },
    wait: Wait<unknown>,
  ): () => void
  deliver(happening: ChildHappening): void
  open(): number
}

export function createChildren(commands: Commands, longest: number): Children {
  const children = new Map<string, Wait<unknown> & { readonly workflow: AnyWorkflow; cancelled: boolean }>()
  return {
    begin: ({ id, workflow, input, taskList, options }, wait) => {
      const text = encode(workflow.input, input, `Input of child ${id}`, longest)
      const child = { ...wait, workflow, cancelled: false }
      children.set(id, child)
      commands.add({ name: commandName.child(id), decision: startChild(id, workflow, text, taskList, options) })
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
        wait.reject(new Cancelled(`Child ${id} was cancelled.`))
      }
    },
    deliver: (happening) => {
      const child = children.get(happening.id)
      if (child === undefined) return
      children.delete(happening.id)
      const { workflow } = child
      if (happening.kind === 'childCompleted') {
        return child.resolve(decode(workflow.output, happening.result, `Output of child ${happening.id}`))
      }
      if (child.cancelled && happening.how === 'canceled') {
        return child.reject(new Cancelled(`Child ${happening.id} was cancelled.`))
      }
      const { how, reason, details } = happening
      child.reject(new ChildFailure({ workflow: workflow.name, workflowId: happening.id, how, reason, details }))
    },
    open: () => children.size,
  }
}

function startChild(
  workflowId: string,
  { name, version, timeout }: AnyWorkflow,
  input: string | undefined,
  taskList: string | undefined,
  options: ChildOptions,
): Decision {
  const policies: Readonly<Record<NonNullable<ChildOptions['whenParentEnds']>, ChildPolicy>> = {
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
      executionStartToCloseTimeout: String(toSeconds(options.timeout ?? timeout)),
      taskStartToCloseTimeout: decisionTimeout,
      childPolicy: policies[options.whenParentEnds ?? 'terminate'],
      tagList: options.tags === undefined ? undefined : [...options.tags],
    },
  }
}
