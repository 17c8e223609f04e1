import type { Decision, HistoryEvent } from '@aws-sdk/client-swf'
import type { Command } from './command.ts'
import { compare } from './compare.ts'
import type { Duration } from './duration.ts'
import { silent, type Logger } from './logger.ts'
import { createReplay } from './replay.ts'
import { readTurns } from './turns.ts'
import type { Execution } from './context.ts'
import type { AnyWorkflow } from './workflow.ts'

export interface DecideOptions {
  /** Whose history it is; the history itself does not say. `ctx.execution` and `ctx.uuid` depend on it. */
  readonly execution?: Execution
  /** Caps the heartbeat time-outs that activities declare. */
  readonly heartbeat?: Duration
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
  const { execution = { workflowId: 'replayed', runId: 'replayed' }, heartbeat, log = silent } = options
  const { turns, closed } = readTurns(history)
  const replay = createReplay(workflow, { execution, longestHeartbeat: heartbeat, log })
  let asked: Command[] = []
  for (const [index, turn] of turns.entries()) {
    asked = await replay.take(turn)
    compare(`${workflow.name} ${workflow.version}, decision ${index + 1}`, turn, asked)
  }
  return closed ? [] : asked.map(({ decision }) => decision)
}
