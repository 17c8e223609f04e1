import {
  inspectHistory,
  listedExecution,
  readTimeline,
  type Execution,
  type InspectedExecution,
  type ListedExecution,
  type Timeline,
  type WorkflowClient,
} from '@continuum/workflow-core'
import type { Show } from './hide-secrets.ts'

/** An execution as SWF knows it. */
export interface KnownExecution extends Execution {
  readonly inspected: InspectedExecution
  readonly timeline: Timeline
  /** All runs of the id that SWF lists, open ones first; undefined where it did not list them in time. */
  readonly runs: readonly ListedExecution[] | undefined
  /** Other executions that show the steps which this one has not begun: a run that it repeats, one that completed. */
  readonly models: readonly InspectedExecution[]
}

type Reads = Pick<WorkflowClient, 'history' | 'listOpen' | 'listClosed'>

const maxRuns = 20
/** Completed executions are looked for among so many of the workflow that closed last. */
const maxClosed = 50
const modelDays = 30

/** Reads one execution, and what helps to understand it. Undefined where SWF does not know it, or no longer. */
export type ReadExecution = (execution: Execution, late: Promise<undefined>) => Promise<KnownExecution | undefined>

/**
 * Creates the function that reads an execution. What only helps is left out where it is late.
 *
 * A completed execution of each workflow is kept, so that it is looked for once.
 */
export function createReadExecution(executions: Reads, show: Show): ReadExecution {
  const completed = new Map<string, Promise<InspectedExecution | undefined>>()

  const historyOf = async (execution: Execution) => {
    try {
      return await Array.fromAsync(executions.history(execution))
    } catch (error) {
      if (error instanceof Error && error.name === 'UnknownResourceFault') return undefined
      throw error
    }
  }
  const inspect = async (execution: Execution) => {
    const events = await historyOf(execution)
    return events && inspectHistory(events)
  }
  const findCompleted = async ({ name, version }: InspectedExecution['workflow']) => {
    const since = Temporal.Now.instant().subtract({ hours: 24 * modelDays })
    let looked = 0
    for await (const info of executions.listClosed({ workflow: { name, version }, since })) {
      const { status, workflowId, runId } = listedExecution(info)
      if (status === 'completed') return inspect({ workflowId, runId })
      if (++looked === maxClosed) return undefined
    }
    return undefined
  }
  const completedOf = (workflow: InspectedExecution['workflow']) => {
    const key = `${workflow.name} ${workflow.version}`
    const known = completed.get(key) ?? findCompleted(workflow)
    completed.set(key, known)
    const forget = () => void completed.delete(key)
    known.then((found) => found ?? forget(), forget)
    return known
  }
  const listRuns = async (workflowId: string) => {
    const runs: ListedExecution[] = []
    for await (const info of executions.listOpen({ workflowId })) runs.push(listedExecution(info))
    for await (const info of executions.listClosed({ workflowId })) {
      runs.push(listedExecution(info))
      if (runs.length === maxRuns) break
    }
    return runs
  }

  return async (execution, late) => {
    /** Waits for what only helps: not longer than for the rest, and without its errors. */
    const ifInTime = <Result>(work: Promise<Result>) => Promise.race([work.catch(() => undefined), late])
    const listed = ifInTime(listRuns(execution.workflowId))
    const events = await historyOf(execution)
    if (events === undefined) return undefined
    const inspected = inspectHistory(events)
    const { rerunOf, outcome, workflow } = inspected
    const models = await Promise.all([
      rerunOf && ifInTime(inspect(rerunOf)),
      outcome?.status === 'completed' ? undefined : ifInTime(completedOf(workflow)),
    ])
    return {
      ...execution,
      inspected,
      timeline: readTimeline(events, show),
      runs: await listed,
      models: models.filter((model) => model !== undefined),
    }
  }
}
