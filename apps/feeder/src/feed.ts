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

/** Puts up to ten messages on the queue in one call. Returns, for each in its order, why the queue did not take it. */
export type SendBatch = (messages: readonly StarterMessage[]) => Promise<readonly (Error | undefined)[]>

interface Selected {
  readonly object: StoredObject
  readonly message: StarterMessage
}

/** SQS takes ten messages in a call. */
const batchSize = 10
/** Calls under way at a time. */
const maxCalls = 8

/**
 * Feeds the objects that the options select, in the order of the listing: one message at a time with pauses between them, or without
 * pauses ten in a call and several calls at once. Keys are reported in their order, so that all before the last that was fed are
 * settled. A key that cannot be sent is reported and does not hold up the rest.
 */
export async function feed(
  objects: AsyncIterable<StoredObject>,
  options: Options,
  send: SendBatch,
  reporter: Reporter,
  context: Context,
): Promise<Tally> {
  const { mode, rate } = options
  const tally: Tally = { fed: 0, skipped: 0, failed: 0, bytes: 0, interrupted: false }
  const pauses = mode === 'feed' && rate > 0
  const underWay: (() => Promise<void>)[] = []
  const start = (batch: readonly Selected[]) => {
    const sent = mode === 'feed' ? sendAll(send, batch) : Promise.resolve([])
    underWay.push(async () => settle(batch, await sent, tally, reporter))
  }
  const settleUntil = async (left: number) => {
    while (underWay.length > left) await underWay.shift()?.()
  }

  let batch: Selected[] = []
  for await (const object of objects) {
    const verdict = select(object.key, options)
    if (verdict === 'not a package') {
      tally.skipped++
      reporter.skipped(object.key)
    }
    if (verdict !== 'feed') continue
    if (pauses && tally.fed + tally.failed > 0) await context.sleep(rate, context.signal)
    if (context.signal.aborted) {
      await settleUntil(0)
      return { ...tally, interrupted: true }
    }
    batch.push({ object, message: messageFor(object, { ...options, at: context.now() }) })
    if (batch.length < (pauses ? 1 : batchSize)) continue
    start(batch)
    batch = []
    await settleUntil(pauses ? 0 : maxCalls - 1)
  }
  if (batch.length > 0) start(batch)
  await settleUntil(0)
  return tally
}

/** Sends a batch; where the call fails as a whole, each of its messages has failed. */
async function sendAll(send: SendBatch, batch: readonly Selected[]): Promise<readonly (Error | undefined)[]> {
  try {
    return await send(batch.map(({ message }) => message))
  } catch (error) {
    return batch.map(() => (error instanceof Error ? error : new Error(String(error))))
  }
}

function settle(
  batch: readonly Selected[],
  failures: readonly (Error | undefined)[],
  tally: Tally,
  reporter: Reporter,
): void {
  for (const [index, { object, message }] of batch.entries()) {
    const failure = failures[index]
    if (failure) {
      tally.failed++
      reporter.failed(object.key, failure)
      continue
    }
    tally.fed++
    tally.bytes += object.size
    tally.last = object.key
    reporter.fed(object.key, message)
  }
}
