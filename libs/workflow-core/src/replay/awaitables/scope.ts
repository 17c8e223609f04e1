import { AsyncLocalStorage } from 'node:async_hooks'
import { Cancelled } from '../../values/errors.ts'
import type { Execution } from '../../values/execution.ts'

/**
 * Waits that are cancelled together. It is *open* until it is cancelled, and then stays cancelled: what waits in it is
 * told once, and what begins in it later fails at once. Cancelling reaches the scopes within, but not shielded ones.
 */
export interface Scope {
  /** @throws Cancelled when it is cancelled */
  readonly enter: () => void
  /** Calls `act` when it is cancelled; the function given back forgets it. */
  readonly onCancel: (act: () => void) => () => void
  readonly cancel: () => void
  readonly cancelled: () => boolean
}

/** @param parent absent: shielded, or the execution itself */
export function createScope(parent?: Scope): Scope {
  const acts = new Set<() => void>()
  let cancelled = false
  const cancel = () => {
    if (cancelled) return
    cancelled = true
    for (const act of acts) act()
    acts.clear()
  }
  if (parent?.cancelled()) cancelled = true
  parent?.onCancel(cancel)
  return {
    enter: () => {
      if (cancelled) throw new Cancelled('It was cancelled.')
    },
    onCancel: (act) => {
      acts.add(act)
      return () => void acts.delete(act)
    },
    cancel,
    cancelled: () => cancelled,
  }
}

/**
 * Which execution's code is running, and in which of its scopes; it follows the code through its promises. It also tells
 * the unhandled rejections of workflow code from the process's own.
 */
export const replaying = new AsyncLocalStorage<{ readonly execution: Execution; readonly scope: Scope }>()
