import type { Logger, Sql } from '@continuum/service'
import type { WorkflowClient } from '@continuum/workflow-core'
import { deposit } from '../workflows/deposit.ts'

/** Starts and wakes the executions of deposits. */
export interface Executions {
  /** Starts the execution of a deposit; one that is open goes on, and looks again. */
  readonly start: (deposit: { id: string; article: string; recipient: string }) => Promise<void>
  /** Wakes the execution of a deposit, if it has one. */
  readonly wake: (id: string) => Promise<void>
}

/** Connects the deposits to SWF. */
export function createExecutions(executions: WorkflowClient): Executions {
  const workflowId = (id: string) => `deposit-${id}`
  const wake = async (id: string) => void (await executions.signal({ workflowId: workflowId(id) }, 'changed', {}))
  return {
    wake,
    start: async ({ id, article, recipient }) => {
      const tags = [article, recipient]
      const { started } = await executions.start(deposit, { workflowId: workflowId(id), input: { deposit: id }, tags })
      if (!started) await wake(id)
    },
  }
}

/** Milliseconds between two sweeps, and the age at which a deposit that nobody works on is noticed. */
const sweepEvery = 30_000
const noticedAfterSeconds = 120

/**
 * Starts executions that are missing: the process was killed between the plan and the start, or an execution was lost. An execution that
 * is open makes a start do nothing.
 *
 * @returns a function that stops it
 */
export function startSweeper({
  sql,
  deposits,
  logger,
}: {
  sql: Sql
  deposits: Executions
  logger: Logger
}): () => void {
  let sweeping = Promise.resolve()
  const sweep = async () => {
    const left = await findLeft(sql)
    for (const row of left) await deposits.start(row)
    if (left.length > 0) logger.info({ deposits: left.length }, 'started executions of deposits that had none')
  }
  const run = () => {
    sweeping = sweeping
      .then(sweep)
      .catch((error: unknown) => logger.warn({ err: error }, 'sweeping failed; trying again'))
  }
  run()
  const timer = setInterval(run, sweepEvery)
  return () => clearInterval(timer)
}

/** The deposits that should have been worked on a while ago. */
function findLeft(sql: Sql) {
  return sql<{ id: string; article: string; recipient: string }[]>`
    select id, article, recipient from deposit
    where (state = 'planned' or (state = 'sending' and since < now() - make_interval(secs => ${noticedAfterSeconds * 5}))
        or (state in ('waiting', 'sent') and next_at is not null))
      and greatest(due, coalesce(next_at, due), planned_at) < now() - make_interval(secs => ${noticedAfterSeconds})
    order by due limit 200`
}
