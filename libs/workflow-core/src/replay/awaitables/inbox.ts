import type { TSchema } from 'typebox'
import type { Signals } from '../../declare/workflow-tools.ts'
import type { ReceivedSignal } from '../../history/earlier-run.ts'
import type { WorkflowEvent } from '../../history/workflow-event.ts'
import type { Scope } from './scope.ts'
import type { Timers } from './timers.ts'
import { toSeconds, type Duration } from '../../values/duration.ts'
import { errorMessage } from '../../values/error-text.ts'
import { CancelledFailure, PayloadNotFoundError } from '../../values/errors.ts'
import type { Logger } from '../../values/logger.ts'
import { decode } from '../../values/payload.ts'

/** The signals received by one execution. Each is kept until the code waits for it; each wait takes the oldest. */
export interface Inbox {
  wait(name: string, timeout: Duration | undefined, scope: Scope): Promise<unknown>
  deliver(event: Extract<WorkflowEvent, { kind: 'signaled' }>): void
  /** Counts the waits that have not ended. */
  open(): number
  /** Delivers no further signal to waits: the code has ended, and who takes one now would lose it. */
  close(): void
  /** Lists the signals that no wait has taken, in the order of their arrival. */
  untaken(): readonly ReceivedSignal[]
}

/** Creates the inbox of an execution. Waits are numbered instead of keyed, because signals arrive in order. */
export function createInbox(signals: Signals, timers: Timers, log: Logger): Inbox {
  const kept: { readonly signal: ReceivedSignal; readonly value: unknown }[] = []
  let closed = false
  const waiters = new Map<string, ((payload: unknown) => void)[]>()
  const waited = new Map<string, number>()
  return {
    wait: async (name, timeout, scope) => {
      scope.enter()
      const count = (waited.get(name) ?? 0) + 1
      waited.set(name, count)
      const early = kept.findIndex(({ signal }) => signal.name === name)
      if (early >= 0) return kept.splice(early, 1)[0]?.value
      const timer = `signal.${name}#${count}`
      const waiting = listOf(waiters, name)
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      const leave = () => {
        waiting.splice(waiting.indexOf(resolve), 1)
        timers.cancel(timer)
        forget()
      }
      const forget = scope.onCancel(() => reject(new CancelledFailure(`The wait for signal ${name} was cancelled.`)))
      waiting.push(resolve)
      if (timeout !== undefined) {
        const refused = (cause: string) => reject(new Error(`SWF did not start the timer for signal ${name}: ${cause}`))
        timers.start(timer, toSeconds(timeout), () => resolve(undefined), refused)
      }
      return promise.finally(leave)
    },
    deliver: ({ name, input }) => {
      const schema = Object.hasOwn(signals, name) ? signals[name] : undefined
      if (schema === undefined) {
        log.warn({ signal: name }, 'signal dropped: the workflow does not declare it')
        return
      }
      const payload = read(schema, name, input, log)
      if (payload === undefined) return
      const [first] = closed ? [] : listOf(waiters, name)
      if (first) first(payload.value)
      else kept.push({ signal: { name, ...(input === undefined ? {} : { input }) }, value: payload.value })
    },
    open: () => [...waiters.values()].reduce((count, waiting) => count + waiting.length, 0),
    close: () => void (closed = true),
    untaken: () => kept.map(({ signal }) => signal),
  }
}

function read(schema: TSchema, name: string, input: string | undefined, log: Logger): { value: unknown } | undefined {
  try {
    return { value: decode(schema, input, `Signal ${name}`) }
  } catch (error) {
    if (error instanceof PayloadNotFoundError) throw error
    log.warn({ signal: name, error: errorMessage(error) }, 'signal dropped: its payload does not fit the schema')
    return undefined
  }
}

function listOf<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const list = lists.get(name) ?? []
  lists.set(name, list)
  return list
}
