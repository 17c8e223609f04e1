/** Brings what has been written to disk; calls that come while a sync runs share the next one. */
export interface GroupSync {
  /**
   * Resolves once everything that was written before this call is on disk; undefined if it is already.
   * Rejects if a sync has failed, now or ever: after a failed fsync nobody knows which pages the disk has.
   */
  readonly settled: () => Promise<void> | undefined
}

/**
 * Creates a group sync. `written` counts the changes so far (it only grows), `sync` brings all of them to disk.
 */
export function createGroupSync(written: () => number, sync: () => Promise<void>): GroupSync {
  let onDisk = written()
  let running: { readonly upTo: number; readonly done: Promise<void> } | undefined
  let next: Promise<void> | undefined
  let broken: { readonly cause: unknown } | undefined

  function begin(): Promise<void> {
    const upTo = written()
    const done = sync().then(
      () => {
        onDisk = upTo
        running = undefined
      },
      (cause: unknown) => {
        broken = { cause }
        running = undefined
        throw cause
      },
    )
    running = { upTo, done }
    return done
  }

  return {
    settled() {
      if (broken) return Promise.reject(broken.cause)
      const wanted = written()
      if (wanted <= onDisk) return undefined
      if (running === undefined) return begin()
      if (running.upTo >= wanted) return running.done
      return (next ??= running.done.then(() => {
        next = undefined
        return begin()
      }))
    },
  }
}
