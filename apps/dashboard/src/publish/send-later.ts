import { setTimeout } from 'node:timers'

/** Sends what is stored, in a moment; `stop` forgets what is still to come, which the scheduler then sends. */
export interface LaterSender {
  readonly sendIn: (seconds: number) => void
  readonly stop: () => void
}

/**
 * Creates a sender for publications that are held: it only spares them the wait for the scheduler's next pass, so nothing is
 * lost with it.
 */
export function createLaterSender(sendRequests: () => Promise<void>): LaterSender {
  const timers = new Set<NodeJS.Timeout>()
  return {
    sendIn: (seconds) => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        void sendRequests()
      }, seconds * 1000)
      timer.unref()
      timers.add(timer)
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
