import { AsyncLocalStorage } from 'node:async_hooks'
import { CancelledFailure } from '../../values/errors.ts'
import type { Execution } from '../../values/execution.ts'

/**
 * A cancellation scope. Once cancelled it stays cancelled: it calls its callbacks once, and steps that begin in it later
 * fail at once. Cancellation reaches nested scopes, except non-cancellable ones.
 */
export interface Scope {
  /** Checks that the scope is not cancelled. @throws CancelledFailure */
  readonly enter: () => void
  /** Registers a callback for cancellation; the returned function removes it. */
  readonly onCancel: (callback: () => void) => () => void
  readonly cancel: () => void
  readonly cancelled: () => boolean
}

/** Creates a scope. @param parent absent: the scope of the execution, or a non-cancellable one */
export function createScope(parent?: Scope): Scope {
  const callbacks = new Set<() => void>()
  let cancelled = false
  const cancel = () => {
    if (cancelled) return
    cancelled = true
    for (const callback of callbacks) callback()
    callbacks.clear()
  }
  if (parent?.cancelled()) cancelled = true
  parent?.onCancel(cancel)
  return {
    enter: () => {
      if (cancelled) throw new CancelledFailure('The scope was cancelled.')
    },
    onCancel: (callback) => {
      callbacks.add(callback)
      return () => void callbacks.delete(callback)
    },
    cancel,
    cancelled: () => cancelled,
  }
}

/**
 * The execution whose code is running, and the current scope in it; it follows the code through its promises. It also
 * distinguishes unhandled rejections of workflow code from others.
 */
export const replaying = new AsyncLocalStorage<{ readonly execution: Execution; readonly scope: Scope }>()
