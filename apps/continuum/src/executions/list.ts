import { executionStatuses, listedExecution, type ListedExecution, type WorkflowClient } from '@continuum/workflow-core'
import { UserError } from '../errors/user-error.ts'
import { parseSince } from '../environments/since.ts'

/** The choice of the executions that are listed. */
export interface ListOptions {
  readonly since?: string
  readonly status?: string
  readonly workflow?: string
}

/**
 * Lists open executions, and closed ones where a time or a status asks for them; each kind newest first.
 *
 * @param now epoch milliseconds
 * @throws {UserError} for a status or a time that is none
 */
export async function* listExecutions(
  executions: WorkflowClient,
  { since, status, workflow }: ListOptions,
  now: number,
): AsyncGenerator<ListedExecution> {
  if (status !== undefined && !executionStatuses.some((known) => known === status)) {
    throw new UserError(`--status ${status} is none: use ${executionStatuses.join(', ')}.`)
  }
  const oldest = since === undefined ? undefined : parseSince(since, now)
  const wantsClosed = since !== undefined || (status !== undefined && status !== 'open')
  for await (const info of everyKind(executions, wantsClosed)) {
    const listed = listedExecution(info)
    if (listed.closed !== null && oldest !== undefined && Date.parse(listed.closed) < oldest) return
    if (workflow !== undefined && listed.workflow !== workflow) continue
    if (status === undefined || listed.status === status) yield listed
  }
}

async function* everyKind(executions: WorkflowClient, closedToo: boolean) {
  yield* executions.listOpen()
  if (closedToo) yield* executions.listClosed()
}

/** One line for a person's eye. */
export function executionLine({ workflowId, workflow, status, started, closed }: ListedExecution): string {
  const ended = closed === null ? '' : `  closed ${closed}`
  return `${status.padEnd(10)} ${workflow.padEnd(24)} ${workflowId.padEnd(32)} since ${started ?? 'an unknown time'}${ended}`
}
