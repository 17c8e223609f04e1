/**
 * Does `work` for all items, at most `limit` at a time, started in order. When one fails no further one is started,
 * and the failure is thrown once those under way have ended: nothing goes on behind the caller's back.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>()
  const queue = items.entries()
  let failed = false
  const lane = async () => {
    for (const [index, item] of queue) {
      if (failed) return
      try {
        results.set(index, await work(item))
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane))
  const failure = lanes.find((outcome) => outcome.status === 'rejected')
  if (failure) throw failure.reason
  return [...results.entries()].toSorted(([a], [b]) => a - b).map(([, result]) => result)
}
