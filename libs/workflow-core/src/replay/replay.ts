import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import type { Command } from '../history/command.ts'
import type { Turn } from '../history/decision-records.ts'
import { readStart } from '../history/earlier-run.ts'
import { replaying } from './awaitables/scope.ts'
import { cancellation, completion, failure } from './closing.ts'
import { createEngine, type Standing } from './engine.ts'
import { createParts, deliver, open } from './execution-runtime.ts'
import type { Duration } from '../values/duration.ts'
import { Cancelled, UnawaitedStep, WaitsForNothing } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { type Logger, onlyWhile } from '../values/logger.ts'

export interface ReplayOptions {
  readonly execution: Execution
  /** What the environment adds: a cap on heartbeat time-outs, and how many characters a value may have. */
  readonly limits: { readonly heartbeat: Duration | undefined; readonly payload: number }
  readonly log: Logger
}

/** One execution of a workflow's function, carried along its history. */
export interface Replay {
  /** Tells it what happened up to its next decision, and gives what its code then asks for. */
  take(turn: Turn): Promise<Command[]>
}

/**
 * Starts to replay. Events are told one by one, each after all that follows from the one before has come to rest, so the
 * order of promises is that of the history. Once the function has ended, every further turn ends the execution again:
 * SWF refuses an end when something happened meanwhile.
 */
export function createReplay(workflow: AnyWorkflow, { execution, limits, log }: ReplayOptions): Replay {
  let live = false
  const liveLog = onlyWhile(() => live, log)
  const standing: Standing = {
    now: Temporal.Instant.fromEpochMilliseconds(0),
    start: undefined,
    earlierRun: undefined,
    end: undefined,
  }
  const seed = `${execution.workflowId} ${execution.runId}`
  const parts = createParts(workflow.signals ?? {}, liveLog, limits, seed)
  const engine = createEngine(workflow, execution, parts, standing, limits.payload, liveLog)

  const run = async (input: string | undefined) => {
    try {
      const output = await workflow.run(engine, input)
      const unawaited = parts.waits.unawaited()
      if (unawaited !== undefined) throw new UnawaitedStep(workflow.name, unawaited)
      standing.end ??= completion(output)
    } catch (error) {
      standing.end ??= error instanceof Cancelled && parts.root.cancelled() ? cancellation() : failure(error)
    }
  }

  return {
    take: async ({ now, happenings, recorded, markers, eventId }) => {
      standing.now = now
      live = recorded === undefined
      parts.markers.recorded = markers
      for (const happening of happenings) {
        if (standing.end !== undefined) break
        if (happening.kind === 'started') {
          standing.start = happening.start
          const { input, earlierRun } = readStart(happening.start.input)
          standing.earlierRun = earlierRun
          for (const signal of earlierRun?.signals ?? [])
            parts.inbox.deliver({ kind: 'signaled', input: undefined, ...signal })
          void replaying.run({ execution, scope: parts.root }, run, input)
        } else {
          deliver(parts, happening)
        }
        await settled()
      }
      const asked = parts.commands.take()
      if (standing.end !== undefined) return [...asked.filter(survivesEnd), standing.end]
      if (happenings.length > 0 && open(parts) === 0) throw new WaitsForNothing(workflow.name, eventId)
      return asked
    },
  }
}

/** What is under way when an execution ends goes down with it; what it worked out by then is kept, for its replay. */
function survivesEnd({ decision }: Command): boolean {
  return decision.decisionType === 'RecordMarker'
}

/** Resolves when no promise has anything left to do: ticks run only after the last microtask. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve)
  })
}
