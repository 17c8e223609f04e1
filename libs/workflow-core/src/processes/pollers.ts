import { isThrottling } from './answer.ts'
import { backOff } from './back-off.ts'
import { timeLimit } from './time-limit.ts'
import { errorFields } from '../values/error-text.ts'
import type { Logger } from '../values/logger.ts'

/** A running decider or worker. */
export interface Loop {
  /**
   * When its slowest poller last heard from SWF, or was at work within the time that its task has. Older than two
   * minutes: a poller is stuck, or SWF is out of reach. Report it, and let whoever watches restart the process.
   */
  lastSignOfLife(): Temporal.Instant
  /**
   * Tasks that wait, polls, tasks and their durations so far, in Prometheus' text format; put those of several together with
   * `joinMetrics`. Asks SWF for the waiting ones, so it takes a moment, at most five seconds.
   */
  readonly metrics: () => Promise<string>
  /** Takes no new task, lets running ones end, and gives back before the deadline what cannot: nothing is left open. */
  stop(deadlineMs: number): Promise<void>
}

/** Longest wait for SWF's count of waiting tasks: Prometheus gives up after ten seconds. */
export const longestCountMs = 5_000

/**
 * How long a poller may be silent before the process ends: it hangs, or SWF is out of reach for longer than any of its
 * tasks would wait. A new process has new sockets, new names and a new start.
 */
const longestSilenceMs = 180_000

/** SWF holds an empty poll for 60 s; a socket that is silent for longer is dead. */
const longestPollMs = 70_000

/** A moment by both clocks, in milliseconds: that of the day, and the one that no suspended machine moves. */
interface Moment {
  readonly ofDay: number
  readonly steady: number
}

export interface Pollers {
  readonly lastSignOfLife: () => Temporal.Instant
  /** Ends open polls and starts none. */
  stop(): void
  /** When each has done its last task. */
  readonly ended: Promise<unknown>
}

/**
 * Polls on so many lines at once: each polls, handles its task, and polls again, until stopped. A poll that fails is
 * logged and tried again, after longer and longer. The promise of a poll is never trusted to settle. When a line has been
 * silent for too long the process asks itself to end (SIGTERM), so that what its other lines do is given back in order.
 *
 * @param poll gives a task, or `undefined` when none came
 * @param handle must not throw
 * @param polled is told how each poll ended
 * @param timeOf milliseconds after which a task is nobody's any more: a poller that still works on it is stuck
 * @param silenceMs how long a line may be silent
 */
export function startPollers<Task>({
  concurrency,
  poll,
  handle,
  timeOf,
  polled,
  silenceMs = longestSilenceMs,
  logger,
}: {
  concurrency: number
  poll: (signal: AbortSignal) => Promise<Task | undefined>
  handle: (task: Task) => Promise<void>
  timeOf: (task: Task) => number
  polled: (outcome: 'task' | 'empty' | 'failed') => void
  silenceMs?: number | undefined
  logger: Logger
}): Pollers {
  const stopping = new AbortController()
  const signs = Array.from({ length: concurrency }, () => momentIn(0))
  const busyUntil: (Moment | undefined)[] = []

  const run = async (line: number) => {
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        const limit = timeLimit(longestPollMs, stopping.signal)
        const task = await within(poll, limit.signal).finally(limit.release)
        failures = 0
        signs[line] = momentIn(0)
        polled(task === undefined ? 'empty' : 'task')
        if (task === undefined) continue
        busyUntil[line] = momentIn(timeOf(task))
        await handle(task)
        busyUntil[line] = undefined
        signs[line] = momentIn(0)
      } catch (error) {
        if (stopping.signal.aborted) return
        if (isThrottling(error)) signs[line] = momentIn(0)
        failures += 1
        polled('failed')
        logger.warn({ ...errorFields(error), failures }, 'poll failed, will try again')
        await backOff(failures, stopping.signal)
      }
    }
  }

  const lastMoment = () => {
    const now = momentIn(0)
    return signs.map((sign, line) => busyUntil[line] ?? sign).reduce(earlier, now)
  }
  const watch = setInterval(() => {
    const silence = momentIn(0).steady - lastMoment().steady
    if (silence < silenceMs) return
    clearInterval(watch)
    const seconds = Math.round(silence / 1_000)
    logger.error({ seconds }, 'a poller hangs: this process ends, so that another takes its place')
    process.kill(process.pid, 'SIGTERM')
  }, silenceMs / 20)
  watch.unref()

  return {
    lastSignOfLife: () => Temporal.Instant.fromEpochMilliseconds(lastMoment().ofDay),
    stop: () => {
      clearInterval(watch)
      stopping.abort()
    },
    ended: Promise.all(signs.map((_, line) => run(line))),
  }
}

/** The promise's outcome, or a rejection as soon as the signal aborts, settled or not. */
export async function within<Value>(
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

/** Seconds since then. */
export function secondsSince(instant: Temporal.Instant): number {
  return Temporal.Now.instant().since(instant).total('seconds')
}

function earlier(one: Moment, other: Moment): Moment {
  return one.steady < other.steady ? one : other
}

function momentIn(milliseconds: number): Moment {
  return { ofDay: Date.now() + Math.round(milliseconds), steady: performance.now() + milliseconds }
}
