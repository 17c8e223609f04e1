import type { Decision } from '@aws-sdk/client-swf'

/** One thing the workflow's code asks SWF for. */
export interface Command {
  /** What the history must record for it, such as `activity ConvertImage.fig1#2`; absent where nothing depends on it. */
  readonly name?: string
  readonly decision: Decision
}

/**
 * What the kinds of commands are called, in the code and in the history; done or refused by SWF, they were asked for.
 * Cancelling has no name: it is refused when what it would end has ended meanwhile, and nothing depends on it.
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

/** The commands of one decision, in the order in which the code asked. */
export interface Commands {
  add(command: Command): void
  /** Takes back one that was not sent yet; false when there is none of that name. */
  withdraw(name: string): boolean
  /** All since the last call. */
  take(): Command[]
}

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
