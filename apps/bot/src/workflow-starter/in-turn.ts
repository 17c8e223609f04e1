/** Runs work when it is its turn. */
export type InTurn = <Result>(priority: number, work: () => Promise<Result>) => Promise<Result>

/**
 * Creates turns: at most `concurrency` at a time, the highest priority first, among equals in the order of arrival. A publication that
 * is requested while hundreds of deliveries are being started does not wait for them.
 */
export function createTurns(concurrency: number): InTurn {
  const waiting = new Map<number, (() => void)[]>()
  let free = concurrency

  const next = () => {
    const priority = Math.max(...waiting.keys())
    const first = waiting.get(priority)
    const begin = first?.shift()
    if (first?.length === 0) waiting.delete(priority)
    if (begin === undefined) free++
    else begin()
  }

  return async (priority, work) => {
    if (free > 0) free--
    else {
      await new Promise<void>((begin) => {
        const same = waiting.get(priority)
        if (same === undefined) waiting.set(priority, [begin])
        else same.push(begin)
      })
    }
    try {
      return await work()
    } finally {
      next()
    }
  }
}
