import pLimit from 'p-limit'

/**
 * Does `work` for all items, at most `concurrency` at a time, started in order. After a failure no further item is
 * started, and the failure is thrown once the items in progress have ended: nothing runs on after the promise settles.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const limit = pLimit({ concurrency, rejectOnClear: true })
  const inOrder = items.map((item) =>
    limit(async () => {
      try {
        return await work(item)
      } catch (error) {
        limit.clearQueue()
        throw error
      }
    }),
  )
  await Promise.allSettled(inOrder)
  // Items that were never started come after the one that failed, so the first rejection is a real failure.
  return Promise.all(inOrder)
}
