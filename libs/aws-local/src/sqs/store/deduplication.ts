import type { DatabaseSync } from 'node:sqlite'
import { numberIn, textIn } from '../../shared/rows.ts'

const windowMs = 5 * 60_000

/** An accepted message: its number in the store and its public id. */
interface Accepted {
  readonly message: number
  readonly messageId: string
}

/**
 * The deduplication interval of FIFO queues, five minutes. `scope` is the message group if a queue deduplicates by group, otherwise
 * empty.
 */
export interface Deduplications {
  /** The message accepted under this id within the interval, even if deleted since. */
  find(queue: number, scope: string, id: string, now: number): Accepted | undefined
  keep(queue: number, scope: string, id: string, accepted: Accepted, now: number): void
  removeAll(queue: number): void
}

export function createDeduplications(db: DatabaseSync): Deduplications {
  const removeExpired = db.prepare('DELETE FROM sqs_deduplications WHERE queue = ? AND expires <= ?')
  const find = db.prepare('SELECT * FROM sqs_deduplications WHERE queue = ? AND scope = ? AND deduplication = ?')
  const insert = db.prepare('INSERT INTO sqs_deduplications VALUES (?, ?, ?, ?, ?, ?)')
  const removeAll = db.prepare('DELETE FROM sqs_deduplications WHERE queue = ?')
  return {
    find(queue, scope, id, now) {
      removeExpired.run(queue, now)
      const row = find.get(queue, scope, id)
      return row && { message: numberIn(row, 'message'), messageId: textIn(row, 'message_id') }
    },
    keep(queue, scope, id, { message, messageId }, now) {
      insert.run(queue, scope, id, message, messageId, now + windowMs)
    },
    removeAll(queue) {
      removeAll.run(queue)
    },
  }
}
