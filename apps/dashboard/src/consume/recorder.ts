import { isDatabaseUnavailable } from '@continuum/service'
import type { Arrival } from '../store/messages.ts'

/** Stores messages; when the promise resolves, they are durable. */
export type RecordArrivals = (arrivals: readonly Arrival[]) => Promise<void>

interface Waiting {
  readonly arrivals: readonly Arrival[]
  readonly settle: PromiseWithResolvers<void>
}

/**
 * Combines what several callers store at the same time: while one transaction runs, the next one gathers. Transactions are
 * serialized anyway, so nobody waits longer than before, and an article of which much arrives is derived once.
 *
 * A transaction of several callers may fail; if it does, and not because the database is unavailable, each caller gets one of their
 * own: what cannot be stored fails nobody else's.
 *
 * @param store stores messages in one transaction
 * @param max the number of messages from which on a transaction gathers no more
 */
export function createRecorder(store: RecordArrivals, max: number): RecordArrivals {
  const waiting: Waiting[] = []
  let running = false

  const next = (): Waiting[] => {
    let count = 0
    const end = waiting.findIndex(({ arrivals }) => (count += arrivals.length) > max)
    return waiting.splice(0, end < 0 ? waiting.length : Math.max(end, 1))
  }

  const run = async () => {
    running = true
    while (waiting.length > 0) await storeAll(next(), store)
    running = false
  }

  return (arrivals) => {
    const settle = Promise.withResolvers<void>()
    waiting.push({ arrivals, settle })
    if (!running) void run()
    return settle.promise
  }
}

async function storeAll(callers: readonly Waiting[], store: RecordArrivals): Promise<void> {
  try {
    await store(callers.flatMap(({ arrivals }) => arrivals))
    for (const { settle } of callers) settle.resolve()
  } catch (error) {
    if (callers.length === 1 || isDatabaseUnavailable(error)) for (const { settle } of callers) settle.reject(error)
    else for (const caller of callers) await storeAll([caller], store)
  }
}
