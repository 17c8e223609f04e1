import type { ISql } from 'postgres'

/** The kinds of acts on executions: to begin a waiting retry at once, to terminate one, to rerun one from its failed step. */
export type ExecutionActKind = 'try now' | 'terminate' | 'rerun'

/** An act on an execution. */
export interface ExecutionAct {
  readonly id: number
  readonly kind: ExecutionActKind
  readonly workflowId: string
  readonly runId: string
  /** The attempt that is to begin at once, or empty. */
  readonly attempt: string
  readonly by: string
  /** ISO 8601. */
  readonly at: string
  readonly why: string
  readonly result: 'queued' | 'done' | 'error'
  /** The reason of a refusal. */
  readonly reason: string
  /** The run that a rerun started, or empty. */
  readonly newRun: string
  /** The number of times that it was sent to SWF; more than once: an earlier time may have arrived. */
  readonly tries: number
}

/** An act to be stored. */
export interface NewExecutionAct extends Pick<ExecutionAct, 'kind' | 'workflowId' | 'runId' | 'by' | 'why'> {
  readonly attempt?: string | undefined
  readonly article?: string | undefined
}

const columns = (sql: ISql) => sql`
  id::float8, kind, workflow_id as "workflowId", run_id as "runId", attempt, requested_by as by,
  to_char(requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, why, result, reason,
  new_run as "newRun", tries`

/** Stores an act; it is done afterwards. */
export async function insertExecutionAct(sql: ISql, act: NewExecutionAct): Promise<number> {
  const { kind, workflowId, runId, attempt = '', article = null, by, why } = act
  const [row] = await sql<{ id: number }[]>`
    insert into execution_act (kind, workflow_id, run_id, attempt, article, requested_by, why)
    values (${kind}, ${workflowId}, ${runId}, ${attempt}, ${article}, ${by}, ${why})
    returning id::float8`
  return row?.id ?? 0
}

/** Selects the acts on an execution, in all its runs, the newest first. */
export async function actsOfExecution(sql: ISql, workflowId: string): Promise<ExecutionAct[]> {
  return sql<ExecutionAct[]>`
    select ${columns(sql)} from execution_act where workflow_id = ${workflowId} order by id desc limit 50`
}

/**
 * Takes the oldest act that is not done, for some seconds in which nobody else takes it.
 *
 * @param ids those taken in this pass already: none is tried twice in a row
 */
export async function leaseAct(sql: ISql, seconds: number, ids: readonly number[]): Promise<ExecutionAct | undefined> {
  const [act] = await sql<ExecutionAct[]>`
    update execution_act set tries = tries + 1, leased_until = clock_timestamp() + ${seconds}::float8 * interval '1 second'
    where id = (
      select id from execution_act
      where result = 'queued' and (leased_until is null or leased_until < clock_timestamp()) and id <> all (${[...ids]}::bigint[])
      order by id limit 1 for update skip locked)
    returning ${columns(sql)}`
  return act
}

/** Stores how an act ended. */
export async function endAct(
  sql: ISql,
  id: number,
  { reason = '', newRun = '' }: { reason?: string | undefined; newRun?: string | undefined },
): Promise<void> {
  await sql`
    update execution_act set result = ${reason === '' ? 'done' : 'error'}, reason = ${reason}, new_run = ${newRun}
    where id = ${id}`
}
