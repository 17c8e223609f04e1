import { stopListening } from '@continuum/service'
import type { Sql } from 'postgres'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { changesChannel, type Change } from '../store/apply-change.ts'

/** The changes made by any process. */
export interface Changes {
  /** @returns a function that ends the subscription */
  subscribe: (listener: (change: Change) => void) => () => void
  close: () => Promise<void>
}

const ChangeText = Type.Object({ article: Type.Union([Type.String(), Type.Null()]) })

/**
 * Listens to the database. After a reconnection, changes may have been missed, so subscribers are notified of a change
 * without an article.
 */
export async function listenForChanges(sql: Sql): Promise<Changes> {
  const listeners = new Set<(change: Change) => void>()
  const notify = (change: Change) => {
    for (const listener of listeners) listener(change)
  }
  const listening = await sql.listen(
    changesChannel,
    (text) => {
      const change: unknown = JSON.parse(text)
      if (Value.Check(ChangeText, change)) notify(change)
    },
    () => notify({ article: null }),
  )
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      listeners.clear()
      await stopListening(listening)
    },
  }
}
