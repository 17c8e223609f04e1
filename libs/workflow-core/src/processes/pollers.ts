import { isThrottling } from './respond.ts'
import { backOff } from './back-off.ts'
import { timeLimit } from './time-limit.ts'
import { errorFields } from '../values/error-text.ts'
import type { Logger } from '../values/logger.ts'

/** A running decider or worker. */
export interface Loop {
  /**
   * Returns when its slowest poller last heard from SWF, or last worked within the time-out of its task. If that is more
   * than two minutes ago, a poller is stuck or SWF is unreachable: report the process as unhealthy.
   */
  lastSignOfLife(): Temporal.Instant
  /**
   * Returns counts of pending tasks, polls, tasks and attempts, and task durations, in Prometheus' text format. Join those
   * of several loops with `joinMetrics`. It asks SWF for the pending tasks, which takes up to five seconds.
   */
  readonly metrics: () => Promise<string>
  /** Stops polling, lets running tasks end, and returns to SWF, before the deadline, those that cannot end in time. */
  stop(deadlineMs: number): Promise<void>
}

/** Time-out of SWF's count of pending tasks; Prometheus gives up a scrape after ten seconds. */
export const countTimeoutMs = 5_000

/**
 * Silence of a poller after which the process ends: the poller hangs, or SWF has been unreachable for longer than any task
 * waits. A new process has new sockets, resolves names again and starts clean.
 */
const defaultStallTimeoutMs = 180_000

/** SWF holds an empty poll for 60 s; a socket without an answer for longer is dead. */
const pollTimeoutMs = 70_000

/** A time on the wall clock and on the monotonic clock, in milliseconds. */
interface Moment {
  readonly wallClock: number
  readonly monotonic: number
}

/** The running pollers of a decider or worker. */
export interface Pollers {
  readonly lastSignOfLife: () => Temporal.Instant
  /** Aborts open polls and starts no new ones. */
  stop(): void
  /** Resolves when every poller has ended its last task. */
  readonly ended: Promise<unknown>
}

/**
 * Starts a number of pollers. Each polls, handles its task and polls again, until stopped. A failed poll is logged and
 * retried with a back-off; a poll whose promise never settles is abandoned. When a poller is silent for too long, the
 * process sends itself SIGTERM, so that the other pollers end in order.
 *
 * @param poll polls for a task; `undefined` if there is none
 * @param handle handles a task; must not throw
 * @param polled is called with the outcome of each poll
 * @param timeOf milliseconds after which a task has timed out: a poller that still works on it is stuck
 * @param stallTimeoutMs maximum silence of a poller
 */
export function startPollers<Task>({
  concurrency,
  poll,
  handle,
  timeOf,
  polled,
  stallTimeoutMs = defaultStallTimeoutMs,
  logger,
}: {
  concurrency: number
  poll: (signal: AbortSignal) => Promise<Task | undefined>
  handle: (task: Task) => Promise<void>
  timeOf: (task: Task) => number
  polled: (outcome: 'task' | 'empty' | 'failed') => void
  stallTimeoutMs?: number | undefined
  logger: Logger
}): Pollers {
  const stopping = new AbortController()
  const signs = Array.from({ length: concurrency }, () => momentIn(0))
  const busyUntil: (Moment | undefined)[] = []

  const run = async (index: number) => {
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        const limit = timeLimit(pollTimeoutMs, stopping.signal)
        const task = await abortable(poll, limit.signal).finally(limit.release)
        failures = 0
        signs[index] = momentIn(0)
        polled(task === undefined ? 'empty' : 'task')
        if (task === undefined) continue
        busyUntil[index] = momentIn(timeOf(task))
        await handle(task)
        busyUntil[index] = undefined
        signs[index] = momentIn(0)
      } catch (error) {
        if (stopping.signal.aborted) return
        if (isThrottling(error)) signs[index] = momentIn(0)
        failures += 1
        polled('failed')
        logger.warn({ ...errorFields(error), failures }, 'poll failed; retrying')
        await backOff(failures, stopping.signal)
      }
    }
  }

  const lastMoment = () => {
    const now = momentIn(0)
    return signs.map((sign, index) => busyUntil[index] ?? sign).reduce(earlier, now)
  }
  const watch = setInterval(() => {
    const silence = momentIn(0).monotonic - lastMoment().monotonic
    if (silence < stallTimeoutMs) return
    clearInterval(watch)
    const seconds = Math.round(silence / 1_000)
    logger.error({ seconds }, 'a poller is stuck; stopping this process so that it is restarted')
    process.kill(process.pid, 'SIGTERM')
  }, stallTimeoutMs / 20)
  watch.unref()

  return {
    lastSignOfLife: () => Temporal.Instant.fromEpochMilliseconds(lastMoment().wallClock),
    stop: () => {
      clearInterval(watch)
      stopping.abort()
    },
    ended: Promise.all(signs.map((_, index) => run(index))),
  }
}

/** Settles like the work's promise, or rejects as soon as the signal aborts. */
export async function abortable<Value>(
  work: (signal: AbortSignal) => Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work(signal), aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** Returns the seconds since an instant. */
export function secondsSince(instant: Temporal.Instant): number {
  return Temporal.Now.instant().since(instant).total('seconds')
}

function earlier(one: Moment, other: Moment): Moment {
  return one.monotonic < other.monotonic ? one : other
}

function momentIn(milliseconds: number): Moment {
  return { wallClock: Date.now() + Math.round(milliseconds), monotonic: performance.now() + milliseconds }
}
