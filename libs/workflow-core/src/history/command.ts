import type { Decision } from '@aws-sdk/client-swf'
import { PayloadTooLargeError } from '../values/errors.ts'

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
  /** @throws PayloadTooLargeError when there is no room for it */
  add(command: Command): void
  /** Tells whether a decision fits into the response beside those that are there. */
  hasRoom(decision: Decision): boolean
  /** Removes a command that has not been sent yet; false when there is none of that name. */
  withdraw(name: string): boolean
  /** Returns and removes all commands. */
  take(): Command[]
}

/**
 * Creates an empty list of commands.
 * @param maxSize maximum size of their decisions in bytes of JSON; `Infinity` where a store takes what is too much
 */
export function createCommands(maxSize: number): Commands {
  let pending: Command[] = []
  /** The size of the pending decisions with values. */
  let size = 0
  const hasRoom = (decision: Decision) => {
    const its = sizeOf(decision)
    return its === 0 || size + its <= maxSize
  }
  return {
    hasRoom,
    add: (command) => {
      if (!hasRoom(command.decision)) {
        throw new PayloadTooLargeError(
          `${command.name} does not fit into the decision: with those that begin at the same time it exceeds the 1 MB that SWF takes. ` +
            'Begin fewer at once, pass keys of S3 instead of values, or give deciders, workers and clients a payload store.',
        )
      }
      size += sizeOf(command.decision)
      pending.push(command)
    },
    withdraw: (name) => {
      const kept = pending.filter((command) => command.name !== name)
      const withdrawn = kept.length < pending.length
      pending = kept
      size = kept.reduce((sum, { decision }) => sum + sizeOf(decision), 0)
      return withdrawn
    },
    take: () => {
      size = 0
      return pending.splice(0)
    },
  }
}

/** Values below this length, and timers, are not measured: the limit leaves room for them. */
const minMeasured = 256

/** The size of a decision with a value in bytes of JSON; 0 for one without. */
function sizeOf({
  scheduleActivityTaskDecisionAttributes: activity,
  startChildWorkflowExecutionDecisionAttributes: child,
  signalExternalWorkflowExecutionDecisionAttributes: signal,
  recordMarkerDecisionAttributes: marker,
}: Decision): number {
  const attributes = activity ?? child ?? signal ?? marker
  const text = activity?.input ?? child?.input ?? signal?.input ?? marker?.details ?? ''
  return text.length < minMeasured ? 0 : Buffer.byteLength(JSON.stringify(attributes)) + namesSize
}

/** Room for the names of a decision's type and members. */
const namesSize = 128
