import type { WorkflowClient } from '@continuum/workflow-core'
import { UserError } from '../errors/user-error.ts'

/** One run of an execution, with what SWF lists of it. */
export interface FoundRun {
  readonly workflowId: string
  readonly runId: string
  /** Name and version. */
  readonly workflow: string
  readonly status: string
}

/**
 * The run that an operator means: the one they name, else the open one of the id, else the one that closed last.
 * @throws UserError when SWF knows none, naming ids that it does know
 */
export async function findRun(executions: WorkflowClient, workflowId: string, runId?: string): Promise<FoundRun> {
  for await (const { execution, workflowType, closeStatus } of all(executions, { workflowId })) {
    if (execution?.runId === undefined || (runId !== undefined && execution.runId !== runId)) continue
    return {
      workflowId,
      runId: execution.runId,
      workflow: `${workflowType?.name} ${workflowType?.version}`,
      status: closeStatus?.toLowerCase().replaceAll('_', ' ') ?? 'open',
    }
  }
  const known = await knownIds(executions)
  const others = known.length === 0 ? 'It knows none at all' : `It knows ${known.join(', ')}`
  throw new UserError(
    `SWF knows no execution ${workflowId}${runId === undefined ? '' : ` with run ${runId}`}. ${others}.`,
  )
}

const maxNamed = 8

/** Ids of the newest executions, open ones first. */
async function knownIds(executions: WorkflowClient): Promise<string[]> {
  const ids = new Set<string>()
  for await (const { execution } of all(executions)) {
    if (ids.size === maxNamed) return [...ids, '...']
    ids.add(execution?.workflowId ?? '')
  }
  return [...ids]
}

/** The open ones, then the closed ones; of both the newest first. */
async function* all(executions: WorkflowClient, filter?: { readonly workflowId: string }) {
  yield* executions.listOpen(filter)
  yield* executions.listClosed(filter)
}
