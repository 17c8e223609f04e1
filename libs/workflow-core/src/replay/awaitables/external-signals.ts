import { commandName, type Commands } from '../../history/command.ts'
import type { WorkflowEvent } from '../../history/workflow-event.ts'
import { encode } from '../../values/payload.ts'
import type { Deferred } from './pending-promises.ts'

/** The signals that one execution sends to others, by id. */
export interface ExternalSignals {
  /** Sends a signal; resolves with whether an open execution received it. It cannot be cancelled. */
  begin(
    signal: { id: string; workflowId: string; name: string; payload: unknown },
    deferred: Deferred<boolean>,
  ): () => void
  deliver(event: Extract<WorkflowEvent, { kind: 'signalSent' }>): void
  open(): number
}

/** Creates the external signals of an execution. */
export function createExternalSignals(commands: Commands, maxLength: number): ExternalSignals {
  const sent = new Map<string, Deferred<boolean>>()
  return {
    begin: ({ id, workflowId, name, payload }, deferred) => {
      const input = encode(undefined, payload, `Payload of ${id}`, maxLength)
      commands.add({
        name: commandName.signal(id),
        decision: {
          decisionType: 'SignalExternalWorkflowExecution',
          signalExternalWorkflowExecutionDecisionAttributes: { workflowId, signalName: name, input, control: id },
        },
      })
      sent.set(id, deferred)
      return () => {}
    },
    deliver: ({ id, arrived }) => {
      sent.get(id)?.resolve(arrived)
      sent.delete(id)
    },
    open: () => sent.size,
  }
}
