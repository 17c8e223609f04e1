import type { Logger, Sql } from '@continuum/service'
import type { WorkflowClient } from '@continuum/workflow-core'
import { workedColumns, type DepositRow, type Worked } from '../store/deposits.ts'
import { deposit } from '../workflows/deposit.ts'
import { deposits } from '../workflows/deposits.ts'

/** Starts and wakes the executions of deposits. */
export interface Executions {
  /** Starts the executions of deposits that were just planned; each is looked at when it is due, and not before. */
  readonly begin: (planned: readonly DepositRow[]) => Promise<void>
  /** Starts the executions of deposits; those that are open go on, and look again. */
  readonly start: (deposits: readonly Worked[]) => Promise<void>
  /** Wakes the executions of deposits, those that they have. */
  readonly wake: (deposits: readonly Worked[]) => Promise<void>
}

/** The recipients of one publication whose deposits are worked on, and the seconds until something is due for them. */
interface Group {
  readonly publication: { readonly articleId: string; readonly version: number; readonly run: string }
  readonly recipients: Map<string, number>
}

/** Connects the deposits to SWF: one execution a publication, and one for each deposit that has its own from before. */
export function createExecutions(executions: WorkflowClient, now: () => Temporal.Instant): Executions {
  const wakeGroup = ({ publication, recipients }: Group) =>
    executions.signal({ workflowId: workflowIdOf(publication) }, 'changed', { recipients: [...recipients.keys()] })
  const wakeOne = (id: string) => executions.signal({ workflowId: `deposit-${id}` }, 'changed', {})

  const startGroup = async (group: Group) => {
    const { publication, recipients } = group
    const input = { ...publication, recipients: [...recipients].map(([name, seconds]) => ({ name, seconds })) }
    const tags = [publication.articleId]
    const { started } = await executions.start(deposits, { workflowId: workflowIdOf(publication), input, tags })
    if (!started) await wakeGroup(group)
  }
  const startOne = async ({ id, article, recipient }: Worked) => {
    const tags = [article, recipient]
    const { started } = await executions.start(deposit, { workflowId: `deposit-${id}`, input: { deposit: id }, tags })
    if (!started) await wakeOne(id)
  }
  const startAll = async (all: readonly Worked[], groups: readonly Group[]) => {
    for (const group of groups) await startGroup(group)
    for (const one of all) if (!one.together) await startOne(one)
  }
  return {
    begin: (planned) =>
      startAll(
        planned,
        groupsOf(planned, ({ due }) => secondsUntil(due, now())),
      ),
    start: (all) =>
      startAll(
        all,
        groupsOf(all, () => 0),
      ),
    wake: async (all) => {
      for (const group of groupsOf(all, () => 0)) await wakeGroup(group)
      for (const { id, together } of all) if (!together) await wakeOne(id)
    },
  }
}

/** The id of the execution that works on the deposits of a publication. */
export function workflowIdOf({ articleId, version, run }: Group['publication']): string {
  return `deposits-${articleId}.${version}.${run}`
}

function groupsOf<Each extends Worked>(all: readonly Each[], secondsOf: (each: Each) => number): Group[] {
  const groups = new Map<string, Group>()
  for (const each of all.filter(({ together }) => together)) {
    const publication = { articleId: each.article, version: each.version, run: each.run }
    const group = groups.getOrInsertComputed(workflowIdOf(publication), () => ({ publication, recipients: new Map() }))
    const seconds = Math.min(secondsOf(each), group.recipients.get(each.recipient) ?? Infinity)
    group.recipients.set(each.recipient, seconds)
  }
  return [...groups.values()]
}

const secondsUntil = (date: Date, now: Temporal.Instant) =>
  Math.max(0, Math.ceil((date.getTime() - now.epochMilliseconds) / 1_000))

/** Milliseconds between two sweeps, and the age at which a deposit that nobody works on is noticed. */
const sweepEvery = 30_000
const noticedAfterSeconds = 120
/** Sweeps from one that looks at all that wait to the next: an hour. */
const sweepsAnHour = 3_600_000 / sweepEvery

/** The dependencies of sweeping. */
export interface SweepTools {
  readonly sql: Sql
  readonly executions: Pick<Executions, 'start'>
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
  { sql, executions, logger }: SweepTools,
  now: Temporal.Instant,
  thorough: boolean,
): Promise<void> {
  const before = (seconds: number) => now.subtract({ seconds }).toString()
  const left = await sql<Worked[]>`
    select ${workedColumns(sql)} from deposit
    where (state = 'planned' or (state = 'sending' and since < ${before(noticedAfterSeconds * 5)})
        or (state in ('waiting', 'sent') and (next_at is not null or (state = 'waiting' and (${thorough}
          or waits_for is null or (due_because <> '' and starts_with(waits_for, due_because)))))))
      and greatest(due, coalesce(next_at, due), planned_at) < ${before(noticedAfterSeconds)}
    order by due ${thorough ? sql`` : sql`limit 200`}`
  await executions.start(left)
  if (left.length > 0) logger.info({ deposits: left.length }, 'started executions of deposits that had none')
}
