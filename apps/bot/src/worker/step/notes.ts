import type { DashboardMessage } from '@continuum/messages'
import type { TellDashboard } from '../../messages/tell-dashboard.ts'

/** The messages of an attempt that the dashboard is to be told together. */
export interface Notes {
  readonly add: (message: DashboardMessage) => void
  /** Sends what is noted, without waiting; where that fails, `tell` fails. */
  readonly send: () => void
  /** Waits for what is being sent. */
  readonly sent: () => Promise<void>
  /** Sends what is noted, and waits until all that was noted has been sent. */
  readonly tell: () => Promise<void>
}

/** Creates notes for one attempt. A property that is noted again has its last value. */
export function createNotes(tellDashboard: TellDashboard): Notes {
  const noted = new Map<string, DashboardMessage>()
  const sending: Promise<PromiseSettledResult<void>[]>[] = []
  const send = () => {
    if (noted.size === 0) return
    sending.push(Promise.allSettled([tellDashboard(...noted.values())]))
    noted.clear()
  }
  const sent = async () => {
    for (const one of sending.splice(0)) await throwFailure(one)
  }
  return {
    add: (message) => {
      const key =
        message.message_type === 'property' ? `${message.name} of ${message.version}` : `message ${message.message_id}`
      noted.delete(key)
      noted.set(key, message)
    },
    send,
    sent,
    tell: async () => {
      // The order in which properties are accepted counts, so what was sent before is there before.
      await sent()
      send()
      await sent()
    },
  }
}

async function throwFailure(settled: Promise<PromiseSettledResult<void>[]>): Promise<void> {
  for (const outcome of await settled) if (outcome.status === 'rejected') throw outcome.reason
}
