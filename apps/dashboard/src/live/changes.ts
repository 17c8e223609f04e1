import type { Sql } from 'postgres'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { changesChannel, type Change } from '../store/apply-change.ts'

/** Tells whoever subscribes of every change, whichever process made it. */
export interface Changes {
  /** @returns the function that ends it */
  subscribe: (listener: (change: Change) => void) => () => void
  close: () => Promise<void>
}

const ChangeText = Type.Object({ article: Type.Union([Type.String(), Type.Null()]) })

/**
 * Listens to the database. When the connection was lost and is back, changes may have been missed: subscribers are then
 * told of a change of nothing in particular.
 */
export async function listenForChanges(sql: Sql): Promise<Changes> {
  const listeners = new Set<(change: Change) => void>()
  const tell = (change: Change) => {
    for (const listener of listeners) listener(change)
  }
  const listening = await sql.listen(
    changesChannel,
    (text) => {
      const change: unknown = JSON.parse(text)
      if (Value.Check(ChangeText, change)) tell(change)
    },
    () => tell({ article: null }),
  )
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      listeners.clear()
      await listening.unlisten()
    },
  }
}
