import type { ExecutionState } from '../execution/state.ts'

/** An open execution: its state in memory, its history in the store under `key`. */
export interface Execution {
  readonly key: number
  state: ExecutionState
  /** Its tasks that are in a task list, by scheduled event; the function removes a task from its list. */
  readonly offered: Map<number, () => void>
  /** The last event that the task lists reflect. */
  followedTo: number
}

/** All open executions, by run and by workflow id. */
export interface OpenExecutions {
  add(execution: Execution): void
  remove(execution: Execution): void
  ofRun(runId: string): Execution | undefined
  /** The open execution with this workflow id, and with this run id if given. */
  find(domain: string, workflowId: string, runId?: string): Execution | undefined
  all(): IteratorObject<Execution>
}

export function createOpenExecutions(): OpenExecutions {
  const byRun = new Map<string, Execution>()
  const byWorkflowId = new Map<string, Execution>()
  const keyOf = (domain: string, workflowId: string) => `${domain}\n${workflowId}`
  const keyFor = ({ state }: Execution) => keyOf(state.domain, state.run.workflowId)
  return {
    add(execution) {
      byRun.set(execution.state.run.runId, execution)
      byWorkflowId.set(keyFor(execution), execution)
    },
    remove(execution) {
      byRun.delete(execution.state.run.runId)
      if (byWorkflowId.get(keyFor(execution)) === execution) byWorkflowId.delete(keyFor(execution))
    },
    ofRun: (runId) => ifOpen(byRun.get(runId)),
    find(domain, workflowId, runId) {
      const execution = ifOpen(byWorkflowId.get(keyOf(domain, workflowId)))
      return runId === undefined || execution?.state.run.runId === runId ? execution : undefined
    },
    all: () => byRun.values(),
  }
}

// Executions closed by the current transaction are still listed, but no longer open.
const ifOpen = (execution: Execution | undefined) => (execution?.state.closed === undefined ? execution : undefined)
