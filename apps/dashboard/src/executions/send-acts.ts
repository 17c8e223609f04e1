import type { Logger } from '@continuum/service'
import { listedExecution, type ListedExecution, type WorkflowClient } from '@continuum/workflow-core'
import type { Sql } from 'postgres'
import { endAct, leaseAct, type ExecutionAct } from '../store/execution-acts.ts'
import { bounded } from './bounded.ts'

/** The methods of the workflow client that acts need. */
export type ActingClient = Pick<WorkflowClient, 'retryNow' | 'terminate' | 'rerun' | 'listOpen' | 'listClosed'>

interface Ended {
  readonly reason?: string
  readonly newRun?: string
}

/** Longer than any try: nobody else tries meanwhile. */
const leaseSeconds = 30
const maxReason = 256

/**
 * Does what is stored and not done, oldest first. What SWF does not answer is tried again later, and an act that may have arrived
 * before is looked for first, so that a crash does nothing twice.
 *
 * @param options.milliseconds SWF gets no longer than this for each act
 */
export async function sendActs(options: {
  sql: Sql
  executions: ActingClient
  milliseconds: number
  logger: Logger
}): Promise<void> {
  const { sql, executions, milliseconds, logger } = options
  const tried: number[] = []
  try {
    for (;;) {
      const act = await leaseAct(sql, leaseSeconds, tried)
      if (!act) return
      tried.push(act.id)
      const ended = await bounded(milliseconds, () => carryOut(executions, act))
      await endAct(sql, act.id, ended)
    }
  } catch (error) {
    logger.error({ err: error }, 'SWF or the database does not answer; acts on executions will be done later')
  }
}

async function carryOut(executions: ActingClient, act: ExecutionAct): Promise<Ended> {
  try {
    if (act.kind === 'rerun') return await rerun(executions, act)
    return act.kind === 'terminate' ? await terminate(executions, act) : await tryNow(executions, act)
  } catch (error) {
    // SWF's refusals and those of the library say why; no later try would end otherwise.
    if (error instanceof Error && lasting.has(error.name)) return { reason: error.message }
    throw error
  }
}

const lasting: ReadonlySet<string> = new Set([
  'NothingToRerunError',
  'PayloadTooLargeError',
  'MalformedHistoryError',
  'InvalidPayloadError',
  'UnknownResourceFault',
  'OperationNotPermittedFault',
  'TypeDeprecatedFault',
])

async function tryNow(executions: ActingClient, { workflowId, runId, attempt }: ExecutionAct): Promise<Ended> {
  const open = await executions.retryNow({ workflowId, runId }, attempt)
  return open ? {} : { reason: 'The execution had closed.' }
}

async function terminate(executions: ActingClient, act: ExecutionAct): Promise<Ended> {
  const { workflowId, runId, by, why, tries } = act
  const reason = `${by}: ${why}`.slice(0, maxReason)
  const open = await executions.terminate({ workflowId, runId }, { reason })
  if (open) return {}
  const closed = tries > 1 ? (await runsOf(executions, workflowId)).find((run) => run.runId === runId) : undefined
  return closed?.status === 'terminated' ? {} : { reason: 'The execution had closed.' }
}

async function rerun(executions: ActingClient, { workflowId, runId, at, tries }: ExecutionAct): Promise<Ended> {
  const runs = await runsOf(executions, workflowId)
  const own = tries > 1 ? runs.find((run) => run.runId !== runId && isSince(run, at)) : undefined
  if (own) return { newRun: own.runId }
  const [newest] = runs
  if (newest?.status === 'open') return { reason: 'An execution of this id is open.' }
  if (newest && newest.runId !== runId)
    return { reason: `Run ${newest.runId} is newer: only the newest run of an id can be rerun.` }
  const { started, runId: newRun } = await executions.rerun({ workflowId, runId })
  return started ? { newRun } : { reason: 'An execution of this id is open.' }
}

/** Tells a run that began after an act was stored; the clocks of SWF and the database may differ. */
function isSince({ started }: ListedExecution, at: string): boolean {
  if (started === null) return false
  return Temporal.Instant.from(started).since(Temporal.Instant.from(at)).total('seconds') > -clockSeconds
}

const clockSeconds = 10

/** The newest runs of an id: the open one, then those that closed last. */
async function runsOf(executions: ActingClient, workflowId: string): Promise<ListedExecution[]> {
  const runs: ListedExecution[] = []
  for await (const info of executions.listOpen({ workflowId })) runs.push(listedExecution(info))
  for await (const info of executions.listClosed({ workflowId })) {
    runs.push(listedExecution(info))
    if (runs.length >= maxRuns) break
  }
  return runs
}

const maxRuns = 10
