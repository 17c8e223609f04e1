import type { Decision, HistoryEvent } from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import type { Command } from '../history/command.ts'
import { readTurns, type Turn } from '../history/decision-records.ts'
import { compare } from './compare.ts'
import { createReplay } from './replay.ts'
import type { Duration } from '../values/duration.ts'
import type { Execution } from '../values/execution.ts'
import { silent, type Logger } from '../values/logger.ts'
import { longestPayload } from '../values/payload.ts'

export interface DecideOptions {
  /** Whose history it is; the history itself does not say. `ctx.execution` and `ctx.uuid` depend on it. */
  readonly execution?: Execution
  /** Caps the heartbeat time-outs that activities declare. */
  readonly heartbeat?: Duration
  /** How many characters of JSON a value may have. Default 32,768, as SWF takes; more where what is longer goes to a store. */
  readonly longestPayload?: number
  /** Hears of signals that were dropped. */
  readonly log?: Logger
}

/**
 * What comes next in an execution: replays the workflow's function over the whole history and gives the decisions that
 * are not in it yet. Pure: the same workflow and history always give the same, and nothing is touched.
 *
 * Only ScheduleActivityTask, StartTimer, CancelTimer, CompleteWorkflowExecution and FailWorkflowExecution are used.
 * A closed history gives none.
 * @throws NonDeterminism when the code asks for something else than the history recorded; names both
 * @throws InvalidPayload when an activity's recorded result no longer fits its schema
 * @throws WaitsForNothing when the code awaits something that is not of its `ctx`
 * @throws MalformedHistory when the events are no history of SWF
 */
export async function decide(
  workflow: AnyWorkflow,
  history: readonly HistoryEvent[],
  options: DecideOptions = {},
): Promise<Decision[]> {
  return (await carry(workflow, history, options)).decisions
}

/** An execution whose code has been carried along its history, and waits for what comes. */
export interface Carried {
  /** What comes next. */
  readonly decisions: Decision[]
  /** Id of the last event that it was told of. */
  readonly seen: number
  /**
   * Decides again, from here and not from the beginning; this one is used up by it.
   * @param events those after `seen`, up to the next DecisionTaskStarted
   * @returns `undefined` where in doubt (one is missing, the decision was lost): then replay the whole history
   * @throws what `decide` throws
   */
  carryOn(events: readonly HistoryEvent[]): Promise<Carried | undefined>
}

/** As `decide`, for a process that will be asked about the same execution again. */
export async function carry(
  workflow: AnyWorkflow,
  history: readonly HistoryEvent[],
  options: DecideOptions = {},
): Promise<Carried> {
  const { execution = { workflowId: 'replayed', runId: 'replayed' }, heartbeat, log = silent } = options
  const limits = { heartbeat, payload: options.longestPayload ?? longestPayload }
  const { turns, closed, follow } = readTurns(history)
  const replay = createReplay(workflow, { execution, limits, log })
  let asked: Command[] = []
  let decision = 0
  const agree = (turn: Turn) => compare(`${workflow.name} ${workflow.version}, decision ${decision}`, turn, asked)
  const take = async (turn: Turn) => {
    decision += 1
    asked = await replay.take(turn)
    agree(turn)
  }
  const carried = (seen: number): Carried => ({
    decisions: closed ? [] : asked.map((command) => command.decision),
    seen,
    carryOn: async (events) => {
      const followed = closed ? undefined : follow(events)
      if (followed === undefined) return undefined
      agree(followed.last)
      await take(followed.next)
      return carried(followed.next.eventId)
    },
  })

  for (const turn of turns) await take(turn)
  return carried(turns.at(-1)?.eventId ?? 0)
}
