/** Time limits of one transfer. */
export interface Watch {
  /** Says that something went on. */
  readonly progress: () => void
  /** The promise, or an error as soon as a limit is reached. */
  readonly race: <Value>(promise: Promise<Value>) => Promise<Value>
  /** The limit that was reached, in words. */
  readonly reason: string | undefined
  readonly end: () => void
}

interface Limits {
  readonly idleSeconds: number
  readonly totalSeconds: number
  readonly signal: AbortSignal
  /** Called once when a limit is reached. */
  readonly stop: () => void
}

/** Watches a transfer: it ends without progress for too long, when it takes too long, and when the signal aborts. */
export function startWatch({ idleSeconds, totalSeconds, signal, stop }: Limits): Watch {
  const over = Promise.withResolvers<never>()
  // Nobody may be racing against it.
  over.promise.catch(() => {})
  let reason: string | undefined
  const end = (words: string): void => {
    if (reason !== undefined) return
    reason = words
    over.reject(new Error(words))
    stop()
  }
  const abort = () => end('the attempt was stopped')
  const total = setTimeout(() => end(`it took longer than ${totalSeconds} s`), totalSeconds * 1000)
  const idle = setTimeout(() => end(`no progress for ${idleSeconds} s`), idleSeconds * 1000)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  return {
    progress: () => void idle.refresh(),
    race: (promise) => {
      // It fails too when the limit closes the connection; then nobody hears it any more.
      promise.catch(() => {})
      return Promise.race([over.promise, promise])
    },
    get reason() {
      return reason
    },
    end: () => {
      clearTimeout(total)
      clearTimeout(idle)
      signal.removeEventListener('abort', abort)
    },
  }
}
