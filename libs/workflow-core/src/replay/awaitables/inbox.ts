import type { TSchema } from 'typebox'
import type { Signals } from '../../declare/workflow-tools.ts'
import type { Happening } from '../../history/workflow-event.ts'
import type { Scope } from './scope.ts'
import type { Timers } from './timers.ts'
import { toSeconds, type Duration } from '../../values/duration.ts'
import { errorMessage } from '../../values/error-text.ts'
import { Cancelled, NotInStore } from '../../values/errors.ts'
import type { Logger } from '../../values/logger.ts'
import { decode } from '../../values/payload.ts'

/** The signals that came to one execution: each is kept until somebody waits for it, each wait takes the oldest. */
export interface Inbox {
  wait(name: string, timeout: Duration | undefined, scope: Scope): Promise<unknown>
  deliver(happening: Extract<Happening, { kind: 'signaled' }>): void
  /** How many waits have not ended. */
  open(): number
}

/** Waits have no keys but numbers: signals come in order, and so are they waited for. */
export function createInbox(signals: Signals, timers: Timers, log: Logger): Inbox {
  const kept = new Map<string, unknown[]>()
  const waits = new Map<string, ((payload: unknown) => void)[]>()
  const waited = new Map<string, number>()
  return {
    wait: async (name, timeout, scope) => {
      scope.enter()
      const count = (waited.get(name) ?? 0) + 1
      waited.set(name, count)
      const early = listOf(kept, name)
      if (early.length > 0) return early.shift()
      const timer = `signal.${name}#${count}`
      const waiting = listOf(waits, name)
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      const leave = () => {
        waiting.splice(waiting.indexOf(resolve), 1)
        timers.cancel(timer)
        forget()
      }
      const forget = scope.onCancel(() => reject(new Cancelled(`The wait for signal ${name} was cancelled.`)))
      waiting.push(resolve)
      if (timeout !== undefined) {
        const refused = (cause: string) => reject(new Error(`SWF refused the time-out of signal ${name}: ${cause}`))
        timers.start(timer, toSeconds(timeout), () => resolve(undefined), refused)
      }
      return promise.finally(leave)
    },
    deliver: ({ name, input }) => {
      const schema = Object.hasOwn(signals, name) ? signals[name] : undefined
      if (schema === undefined) {
        log.warn({ signal: name }, 'a signal that the workflow does not declare was dropped')
        return
      }
      const payload = read(schema, name, input, log)
      if (payload === undefined) return
      const [first] = listOf(waits, name)
      if (first === undefined) listOf(kept, name).push(payload.value)
      else first(payload.value)
    },
    open: () => [...waits.values()].reduce((count, waiting) => count + waiting.length, 0),
  }
}

function read(schema: TSchema, name: string, input: string | undefined, log: Logger): { value: unknown } | undefined {
  try {
    return { value: decode(schema, input, `Signal ${name}`) }
  } catch (error) {
    if (error instanceof NotInStore) throw error
    log.warn({ signal: name, error: errorMessage(error) }, 'a signal that does not fit its schema was dropped')
    return undefined
  }
}

function listOf<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const list = lists.get(name) ?? []
  lists.set(name, list)
  return list
}
