import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { completion, failure } from './closing.ts'
import { createCommands, type Command } from './command.ts'
import { toSeconds, type Duration } from './duration.ts'
import { DuplicateStep, UnawaitedStep, WaitsForNothing } from './errors.ts'
import type { Happening } from './happening.ts'
import { createInbox } from './inbox.ts'
import { onlyWhile, type Logger } from './logger.ts'
import { createSteps } from './steps.ts'
import { stepId } from './step-id.ts'
import { StepPromise } from './step-promise.ts'
import { createTimers } from './timers.ts'
import type { Turn } from './turns.ts'
import type { AnyWorkflow, Engine, Execution } from './workflow.ts'

export interface ReplayOptions {
  readonly execution: Execution
  readonly longestHeartbeat: Duration | undefined
  readonly log: Logger
}

/** One execution of a workflow's function, carried along its history. */
export interface Replay {
  /** Tells it what happened up to its next decision, and gives what its code then asks for. */
  take(turn: Turn): Promise<Command[]>
}

/** Holds while a workflow's code runs: tells its unhandled rejections from the process's own. */
export const replaying = new AsyncLocalStorage<Execution>()

/**
 * Starts to replay. Events are told one by one, each after all that follows from the one before has come to rest, so the
 * order of promises is that of the history. Once the function has ended, every further turn ends the execution again:
 * SWF refuses an end when something happened meanwhile.
 */
export function createReplay(workflow: AnyWorkflow, { execution, longestHeartbeat, log }: ReplayOptions): Replay {
  const commands = createCommands()
  const timers = createTimers(commands)
  const steps = createSteps(commands, timers, longestHeartbeat)
  const inbox = createInbox(
    workflow.signals ?? {},
    timers,
    onlyWhile(() => live, log),
  )
  const sleeps = new Set<string>()
  let now = Temporal.Instant.fromEpochMilliseconds(0)
  let uuids = 0
  let live = false
  let end: Command | undefined

  const engine: Engine = {
    execution,
    now: () => now,
    uuid: () => uuidOf(`${execution.workflowId} ${execution.runId} ${(uuids += 1)}`),
    sleep: async (duration, { key } = {}) => {
      const id = stepId('sleep', key)
      if (sleeps.has(id)) throw new DuplicateStep(`${id} was called before: give each sleep a key of its own.`)
      sleeps.add(id)
      const seconds = toSeconds(duration)
      await new Promise<void>((resolve, reject) => {
        timers.start(id, seconds, resolve, (cause) => reject(new Error(`SWF refused the timer of ${id}: ${cause}`)))
      })
    },
    signal: (name: string, { timeout }: { readonly timeout?: Duration } = {}) => inbox.wait(name, timeout),
    step: (activity, input, options) => {
      try {
        return steps.call(activity, input, options)
      } catch (error) {
        return new StepPromise((_resolve, reject) => reject(error))
      }
    },
  }

  const start = async (input: string | undefined) => {
    try {
      const output = await workflow.run(engine, input)
      const [unawaited] = steps.unawaited()
      if (unawaited !== undefined) throw new UnawaitedStep(workflow.name, unawaited)
      end = completion(output)
    } catch (error) {
      end = failure(error)
    }
  }

  const deliver = (happening: Happening) => {
    switch (happening.kind) {
      case 'started':
        return void replaying.run(execution, start, happening.input)
      case 'timerFired':
      case 'timerRefused':
        return timers.deliver(happening)
      case 'signaled':
        return inbox.deliver(happening)
      default:
        return steps.deliver(happening)
    }
  }

  return {
    take: async (turn) => {
      now = turn.now
      live = turn.recorded === undefined
      for (const happening of turn.happenings) {
        if (end !== undefined) break
        deliver(happening)
        await settled()
      }
      const asked = commands.take()
      if (end !== undefined) return [end]
      if (steps.open() + timers.open() + inbox.open() === 0 && turn.happenings.length > 0) {
        throw new WaitsForNothing(workflow.name, turn.eventId)
      }
      return asked
    },
  }
}

/** Resolves when no promise has anything left to do: ticks run only after the last microtask. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve)
  })
}

/** The text's UUID of version 8, the one for own recipes. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}
