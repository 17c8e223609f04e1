import type { Decision, HistoryEvent } from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import type { Command } from '../history/command.ts'
import { readDecisions, type DecisionRecord } from '../history/decision-records.ts'
import { compareCommands } from './compare-commands.ts'
import { createReplay } from './replay.ts'
import type { Duration } from '../values/duration.ts'
import type { Execution } from '../values/execution.ts'
import { silent, type Logger } from '../values/logger.ts'
import { maxPayloadLength } from '../values/payload.ts'

/** Options of {@link decide}. */
export interface DecideOptions {
  /** The execution, which a history does not name. `ctx.execution` and `ctx.uuid` depend on it. */
  readonly execution?: Execution
  /** Upper limit for the heartbeat time-outs that activities declare. */
  readonly maxHeartbeatTimeout?: Duration
  /** Maximum length of a value in characters of JSON. Default 32,768, SWF's limit; more if a store takes longer values. */
  readonly maxPayloadLength?: number
  /** Receives `ctx.log` and warnings about dropped signals. */
  readonly log?: Logger
}

/**
 * Replays a workflow over the history of an execution and returns the decisions to answer its open decision task with.
 * Pure: the same workflow and history always give the same decisions, and there are no side effects.
 *
 * Steps, sleeps and the close of an execution become ScheduleActivityTask, StartTimer, CompleteWorkflowExecution and
 * FailWorkflowExecution decisions; children, markers, external signals, cancellation and continue-as-new have their own.
 * A closed history gives no decisions.
 * @throws NonDeterminismError when the commands of the code differ from those in the history; names both
 * @throws InvalidPayloadError when a recorded result no longer fits its schema
 * @throws StuckWorkflowError when the code awaits a promise that is not from its `ctx`
 * @throws MalformedHistoryError when the events are not a history of SWF
 */
export async function decide(
  workflow: AnyWorkflow,
  history: readonly HistoryEvent[],
  options: DecideOptions = {},
): Promise<Decision[]> {
  return (await startReplaySession(workflow, history, options)).decisions
}

/** An execution whose code has been replayed and is kept in memory, pending the next events. */
export interface ReplaySession {
  /** Decisions for the open decision task. */
  readonly decisions: Decision[]
  /** Id of the last event replayed. */
  readonly lastEventId: number
  /**
   * Decides on further events without replaying the earlier ones. Use the session that it returns from then on.
   * @param events all events after `lastEventId`, up to the next DecisionTaskStarted
   * @returns `undefined` if an event is missing or the last decision was lost: then replay the whole history
   * @throws the errors of `decide`
   */
  advance(events: readonly HistoryEvent[]): Promise<ReplaySession | undefined>
}

/** Replays a history like `decide`, and keeps the execution in memory for its next decision. */
export async function startReplaySession(
  workflow: AnyWorkflow,
  history: readonly HistoryEvent[],
  options: DecideOptions = {},
): Promise<ReplaySession> {
  const { execution = { workflowId: 'replayed', runId: 'replayed' }, maxHeartbeatTimeout, log = silent } = options
  const limits = { heartbeat: maxHeartbeatTimeout, payload: options.maxPayloadLength ?? maxPayloadLength }
  const { records, closed, follow } = readDecisions(history)
  const replay = createReplay(workflow, { execution, limits, log })
  let commands: Command[] = []
  let decision = 0
  const compare = (record: DecisionRecord) =>
    compareCommands(`${workflow.name} ${workflow.version}, decision ${decision}`, record, commands)
  const advance = async (record: DecisionRecord) => {
    decision += 1
    commands = await replay.advance(record)
    compare(record)
  }
  const sessionAt = (lastEventId: number): ReplaySession => ({
    decisions: closed ? [] : commands.map((command) => command.decision),
    lastEventId,
    advance: async (events) => {
      const followed = closed ? undefined : follow(events)
      if (followed === undefined) return undefined
      compare(followed.last)
      await advance(followed.next)
      return sessionAt(followed.next.eventId)
    },
  })

  for (const record of records) await advance(record)
  return sessionAt(records.at(-1)?.eventId ?? 0)
}
