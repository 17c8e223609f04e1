import type { StarterMessage } from '@continuum/messages'
import type { StoredObject } from './listing.ts'
import { messageFor } from './message.ts'
import type { Options } from './options.ts'
import type { Reporter } from './reporter.ts'
import { select } from './selection.ts'
import type { Tally } from './tally.ts'

/** The clock and the stop signal of a feed, which tests replace. */
export interface Context {
  now: () => Temporal.Instant
  /** Waits; ends early when the signal is aborted. */
  sleep: (seconds: number, signal: AbortSignal) => Promise<void>
  signal: AbortSignal
}

/**
 * Feeds the objects that the options select, in the order of the listing. A key that cannot be sent is
 * reported and does not hold up the rest.
 *
 * @param send puts a message on the queue
 */
export async function feed(
  objects: AsyncIterable<StoredObject>,
  options: Options,
  send: (message: StarterMessage) => Promise<void>,
  reporter: Reporter,
  context: Context,
): Promise<Tally> {
  const { bucket, workflow, mode, rate } = options
  const tally: Tally = { fed: 0, skipped: 0, failed: 0, bytes: 0, interrupted: false }
  for await (const object of objects) {
    const verdict = select(object.key, options)
    if (verdict === 'not a package') {
      tally.skipped++
      reporter.skipped(object.key)
    }
    if (verdict !== 'feed') continue
    if (mode === 'feed' && rate > 0 && tally.fed + tally.failed > 0) await context.sleep(rate, context.signal)
    if (context.signal.aborted) return { ...tally, interrupted: true }
    const message = messageFor(object, { bucket, workflow, at: context.now() })
    try {
      if (mode === 'feed') await send(message)
      tally.fed++
      tally.bytes += object.size
      tally.last = object.key
      reporter.fed(object.key, message)
    } catch (error) {
      tally.failed++
      reporter.failed(object.key, error)
    }
  }
  return tally
}
