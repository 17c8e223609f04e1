import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import type { Command } from '../history/command.ts'
import type { DecisionRecord } from '../history/decision-records.ts'
import { readStart } from '../history/earlier-run.ts'
import { replaying } from './awaitables/scope.ts'
import { cancellation, completion, failure } from './closing.ts'
import { createEngine, type ExecutionState } from './engine.ts'
import { createExecutionRuntime, countPending, deliver } from './execution-runtime.ts'
import type { Duration } from '../values/duration.ts'
import { CancelledFailure, UnawaitedStepError, StuckWorkflowError } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { type Logger, logOnlyWhile } from '../values/logger.ts'

export interface ReplayOptions {
  readonly execution: Execution
  /** Limits of the environment: maximum heartbeat time-out, and maximum payload length in characters. */
  readonly limits: { readonly heartbeat: Duration | undefined; readonly payload: number }
  readonly log: Logger
}

/** A workflow's function that is being replayed over a history. */
export interface Replay {
  /** Feeds the events of the next decision to the code and returns the commands that it makes. */
  advance(record: DecisionRecord): Promise<Command[]>
}

/**
 * Starts a replay. Events are delivered one by one, each after all promises that the previous one settled have run, so that
 * the history decides the order of promises. Once the function has ended, every further decision closes the execution
 * again, because SWF rejects a close when new events arrived meanwhile.
 */
export function createReplay(workflow: AnyWorkflow, { execution, limits, log }: ReplayOptions): Replay {
  let live = false
  const liveLog = logOnlyWhile(() => live, log)
  const state: ExecutionState = {
    now: Temporal.Instant.fromEpochMilliseconds(0),
    start: undefined,
    earlierRun: undefined,
    end: undefined,
  }
  const seed = `${execution.workflowId} ${execution.runId}`
  const runtime = createExecutionRuntime(workflow.signals ?? {}, liveLog, limits, seed)
  const engine = createEngine(workflow, execution, runtime, state, limits.payload, liveLog)

  const end = (command: () => Command) => {
    state.end ??= command
  }
  const run = async (input: string | undefined) => {
    try {
      const output = await workflow.run(engine, input)
      const unawaited = runtime.pendingPromises.unawaited()
      if (unawaited !== undefined) throw new UnawaitedStepError(workflow.name, unawaited)
      end(() => completion(output))
    } catch (error) {
      const cancelled = error instanceof CancelledFailure && runtime.root.cancelled()
      end(() => (cancelled ? cancellation() : failure(error)))
    }
  }

  return {
    advance: async ({ now, events, recorded, markers, eventId }) => {
      state.now = now
      live = recorded === undefined
      runtime.markers.recorded = markers
      for (const event of events) {
        if (state.end !== undefined) {
          // Only signals still matter: a run that continues this one gets them.
          if (event.kind === 'signaled') runtime.inbox.deliver(event)
          continue
        }
        if (event.kind === 'started') {
          state.start = event.start
          const { input, earlierRun } = readStart(event.start.input)
          state.earlierRun = earlierRun
          for (const signal of earlierRun?.signals ?? [])
            runtime.inbox.deliver({ kind: 'signaled', input: undefined, ...signal })
          void replaying.run({ execution, scope: runtime.root }, run, input)
        } else {
          deliver(runtime, event)
        }
        await microtasksDone()
      }
      const commands = runtime.commands.take()
      if (state.end !== undefined) return [...commands.filter(survivesClose), closing(state.end)]
      if (events.length > 0 && countPending(runtime) === 0) throw new StuckWorkflowError(workflow.name, eventId)
      return commands
    },
  }
}

/** Makes the closing command; signals that came after the code had ended and do not fit into it fail the execution. */
function closing(end: () => Command): Command {
  try {
    return end()
  } catch (error) {
    return failure(error)
  }
}

/** Keeps markers beside a closing command, for the replay; all other commands are pointless in a closed execution. */
function survivesClose({ decision }: Command): boolean {
  return decision.decisionType === 'RecordMarker'
}

/** Resolves when no microtask is left: ticks run only after the last one. */
function microtasksDone(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve)
  })
}
