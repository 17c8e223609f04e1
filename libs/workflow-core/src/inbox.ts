import type { TSchema } from 'typebox'
import type { Happening } from './happening.ts'
import type { Logger } from './logger.ts'
import { decode } from './payload.ts'
import { toSeconds, type Duration } from './duration.ts'
import { errorMessage } from './failure.ts'
import type { Timers } from './timers.ts'
import type { Signals } from './workflow.ts'

/** The signals of one execution: each is kept until somebody waits for it, each wait takes the oldest. */
export interface Inbox {
  wait(name: string, timeout: Duration | undefined): Promise<unknown>
  deliver(happening: Extract<Happening, { kind: 'signaled' }>): void
  /** How many waits have not ended. */
  open(): number
}

interface Wait {
  readonly timer: string
  readonly take: (payload: unknown) => void
}

export function createInbox(signals: Signals, timers: Timers, log: Logger): Inbox {
  const kept = new Map<string, unknown[]>()
  const waits = new Map<string, Wait[]>()
  const waited = new Map<string, number>()
  return {
    wait: (name, timeout) => {
      const count = (waited.get(name) ?? 0) + 1
      waited.set(name, count)
      const early = listOf(kept, name)
      if (early.length > 0) return Promise.resolve(early.shift())
      return new Promise((take, reject) => {
        const wait: Wait = { timer: `signal.${name}#${count}`, take }
        const waiting = listOf(waits, name)
        waiting.push(wait)
        if (timeout === undefined) return
        const leave = () => void waiting.splice(waiting.indexOf(wait), 1)
        timers.start(
          wait.timer,
          toSeconds(timeout),
          () => {
            leave()
            take(undefined)
          },
          (cause) => {
            leave()
            reject(new Error(`SWF refused the time-out of signal ${name}: ${cause}`))
          },
        )
      })
    },
    deliver: ({ name, input }) => {
      const schema = Object.hasOwn(signals, name) ? signals[name] : undefined
      if (schema === undefined) {
        log.warn({ signal: name }, 'a signal that the workflow does not declare was dropped')
        return
      }
      const payload = read(schema, name, input, log)
      if (payload === undefined) return
      const wait = listOf(waits, name).shift()
      if (wait === undefined) {
        listOf(kept, name).push(payload.value)
        return
      }
      timers.cancel(wait.timer)
      wait.take(payload.value)
    },
    open: () => [...waits.values()].reduce((count, waiting) => count + waiting.length, 0),
  }
}

function read(schema: TSchema, name: string, input: string | undefined, log: Logger): { value: unknown } | undefined {
  try {
    return { value: decode(schema, input, `Signal ${name}`) }
  } catch (error) {
    log.warn({ signal: name, error: errorMessage(error) }, 'a signal that does not fit its schema was dropped')
    return undefined
  }
}

function listOf<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const list = lists.get(name) ?? []
  lists.set(name, list)
  return list
}
