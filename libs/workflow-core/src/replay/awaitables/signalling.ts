import { commandName, type Commands } from '../../history/command.ts'
import type { Happening } from '../../history/workflow-event.ts'
import { encode } from '../../values/payload.ts'
import type { Wait } from './pending-promises.ts'

/** The signals that one execution sends to others, by the ids of their sending. */
export interface Signalling {
  /** Resolves with whether there was an open execution to take it. Once sent, it cannot be called back. */
  begin(signal: { id: string; workflowId: string; name: string; payload: unknown }, wait: Wait<boolean>): () => void
  deliver(happening: Extract<Happening, { kind: 'signalSent' }>): void
  open(): number
}

export function createSignalling(commands: Commands, longest: number): Signalling {
  const sent = new Map<string, Wait<boolean>>()
  return {
    begin: ({ id, workflowId, name, payload }, wait) => {
      const input = encode(undefined, payload, `Payload of ${id}`, longest)
      sent.set(id, wait)
      commands.add({
        name: commandName.signal(id),
        decision: {
          decisionType: 'SignalExternalWorkflowExecution',
          signalExternalWorkflowExecutionDecisionAttributes: { workflowId, signalName: name, input, control: id },
        },
      })
      return () => {}
    },
    deliver: ({ id, arrived }) => {
      sent.get(id)?.resolve(arrived)
      sent.delete(id)
    },
    open: () => sent.size,
  }
}
