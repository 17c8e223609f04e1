import type { Decision } from '@aws-sdk/client-swf'

/** One request of the workflow's code to SWF. */
export interface Command {
  /** Name to compare with the history, such as `activity ConvertImage.fig1#2`; absent for commands not compared. */
  readonly name?: string
  readonly decision: Decision
}

/**
 * Names of commands, the same for the code and for the history, whether SWF carried them out or rejected them.
 * Cancellation has no name: SWF rejects it when its target has closed meanwhile, and replay does not depend on it.
 */
export const commandName = {
  activity: (id: string) => `activity ${id}`,
  timer: (id: string) => `timer ${id}`,
  child: (workflowId: string) => `child ${workflowId}`,
  signal: (id: string) => `signal ${id}`,
  marker: (name: string) => `marker ${name}`,
  completion: () => 'completion',
  failure: () => 'failure',
  cancellation: () => 'cancellation',
  continuation: () => 'continuation',
}

/** The commands of one decision, in the order in which the code made them. */
export interface Commands {
  add(command: Command): void
  /** Removes a command that has not been sent yet; false when there is none of that name. */
  withdraw(name: string): boolean
  /** Returns and removes all commands. */
  take(): Command[]
}

/** Creates an empty list of commands. */
export function createCommands(): Commands {
  let pending: Command[] = []
  return {
    add: (command) => void pending.push(command),
    withdraw: (name) => {
      const kept = pending.filter((command) => command.name !== name)
      const withdrawn = kept.length < pending.length
      pending = kept
      return withdrawn
    },
    take: () => pending.splice(0),
  }
}
