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
/** Sweeps from one that looks at all that wait to the next: an hour. */
const sweepsAnHour = 3_600_000 / sweepEvery

/** The dependencies of sweeping. */
export interface SweepTools {
  readonly sql: Sql
  readonly deposits: Pick<Executions, 'start'>
  readonly logger: Logger
}

/**
 * Starts executions that are missing: the process was killed between the plan and the start, or an execution was lost or has failed. An
 * execution that is open makes a start do nothing, but it looks again.
 *
 * @returns a function that stops it
 */
export function startSweeper(tools: SweepTools): () => void {
  let sweeps = 0
  let sweeping = Promise.resolve()
  const run = () => {
    const thorough = sweeps++ % sweepsAnHour === 0
    sweeping = sweeping
      .then(() => sweep(tools, Temporal.Now.instant(), thorough))
      .catch((error: unknown) => tools.logger.warn({ err: error }, 'sweeping failed; trying again'))
  }
  run()
  const timer = setInterval(run, sweepEvery)
  return () => clearInterval(timer)
}

/**
 * Starts the executions of deposits that should have been worked on a while ago.
 *
 * @param thorough also of all that wait for something that has no hour: another deposit, their turn, a pause. What ends that wakes them, and
 *   an execution that is not there is not woken
 */
export async function sweep(
  { sql, deposits, logger }: SweepTools,
  now: Temporal.Instant,
  thorough: boolean,
): Promise<void> {
  const before = (seconds: number) => now.subtract({ seconds }).toString()
  const left = await sql<{ id: string; article: string; recipient: string }[]>`
    select id, article, recipient from deposit
    where (state = 'planned' or (state = 'sending' and since < ${before(noticedAfterSeconds * 5)})
        or (state in ('waiting', 'sent') and (next_at is not null or (${thorough} and state = 'waiting'))))
      and greatest(due, coalesce(next_at, due), planned_at) < ${before(noticedAfterSeconds)}
    order by due ${thorough ? sql`` : sql`limit 200`}`
  for (const row of left) await deposits.start(row)
  if (left.length > 0) logger.info({ deposits: left.length }, 'started executions of deposits that had none')
}
