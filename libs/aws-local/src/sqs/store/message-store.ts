import type { DatabaseSync } from 'node:sqlite'
import { numberIn, optionalNumberIn, optionalTextIn, textIn, type Row } from '../../shared/rows.ts'
import type { MessageAttributes } from '../model/message-attributes.ts'

/** A stored message. Times are milliseconds since the epoch. */
export interface Message {
  readonly id: number
  readonly messageId: string
  readonly sender: string
  readonly body: string
  readonly attributes: MessageAttributes
  readonly trace: string | undefined
  readonly sent: number
  readonly visibleAt: number
  readonly firstReceived: number | undefined
  readonly lastReceived: number | undefined
  /** Number of receives. */
  readonly receives: number
  /** ARN of the source queue, in a dead-letter queue. */
  readonly deadFrom: string | undefined
  readonly group: string | undefined
  readonly deduplication: string | undefined
}

/** A message to store. */
export type NewMessage = Pick<
  Message,
  'messageId' | 'sender' | 'body' | 'attributes' | 'trace' | 'sent' | 'visibleAt' | 'group' | 'deduplication'
>

function toMessage(row: Row): Message {
  return {
    id: numberIn(row, 'id'),
    messageId: textIn(row, 'message_id'),
    sender: textIn(row, 'sender'),
    body: textIn(row, 'body'),
    attributes: JSON.parse(textIn(row, 'attributes')),
    trace: optionalTextIn(row, 'trace'),
    sent: numberIn(row, 'sent'),
    visibleAt: numberIn(row, 'visible_at'),
    firstReceived: optionalNumberIn(row, 'first_received'),
    lastReceived: optionalNumberIn(row, 'last_received'),
    receives: numberIn(row, 'receives'),
    deadFrom: optionalTextIn(row, 'dead_from'),
    group: optionalTextIn(row, 'message_group'),
    deduplication: optionalTextIn(row, 'deduplication'),
  }
}

/** The rows of the messages. */
export type MessageStore = ReturnType<typeof createMessageStore>

export function createMessageStore(db: DatabaseSync) {
  const insert = db.prepare(`
    INSERT INTO sqs_messages (queue, message_id, sender, body, attributes, trace, sent, visible_at, message_group, deduplication)
    VALUES (:queue, :messageId, :sender, :body, :attributes, :trace, :sent, :visibleAt, :group, :deduplication)`)
  const get = db.prepare('SELECT * FROM sqs_messages WHERE id = ? AND queue = ?')
  const all = db.prepare('SELECT * FROM sqs_messages WHERE queue = ? ORDER BY id')
  const visible = db.prepare(
    'SELECT * FROM sqs_messages WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, id LIMIT ?',
  )
  // In order, skipping groups with a message in flight.
  const visibleInGroups = db.prepare(`
    SELECT * FROM sqs_messages
    WHERE queue = :queue AND visible_at <= :now AND message_group NOT IN (
      SELECT message_group FROM sqs_messages WHERE queue = :queue AND visible_at > :now AND receives > 0)
    ORDER BY id LIMIT :limit`)
  const received = db.prepare(`
    UPDATE sqs_messages SET receives = receives + 1, first_received = coalesce(first_received, :now), last_received = :now,
      visible_at = :visibleAt WHERE id = :id`)
  const double = db.prepare(`
    INSERT INTO sqs_messages (queue, message_id, sender, body, attributes, trace, sent, visible_at, first_received, last_received,
      receives, dead_from)
    SELECT queue, message_id, sender, body, attributes, trace, sent, ?, first_received, last_received, receives, dead_from
    FROM sqs_messages WHERE id = ?`)
  const nextVisible = db.prepare('SELECT min(visible_at) AS due FROM sqs_messages WHERE queue = ? AND visible_at > ?')
  const setVisible = db.prepare('UPDATE sqs_messages SET visible_at = ? WHERE id = ?')
  const move = db.prepare('UPDATE sqs_messages SET queue = ?, visible_at = ?, dead_from = ? WHERE id = ?')
  const remove = db.prepare('DELETE FROM sqs_messages WHERE id = ? AND queue = ? AND receives = ?')
  const removeOlder = db.prepare('DELETE FROM sqs_messages WHERE queue = ? AND sent <= ?')
  const removeAll = db.prepare('DELETE FROM sqs_messages WHERE queue = ?')
  const counts = db.prepare(`
    SELECT count(*) FILTER (WHERE visible_at <= :now) AS visible,
      count(*) FILTER (WHERE visible_at > :now AND receives > 0) AS inFlight,
      count(*) FILTER (WHERE visible_at > :now AND receives = 0) AS delayed
    FROM sqs_messages WHERE queue = :queue`)

  return {
    /** Stores a message and returns its number, which increases with each message. */
    insert(queue: number, message: NewMessage): number {
      const { lastInsertRowid } = insert.run({
        ...message,
        queue,
        attributes: JSON.stringify(message.attributes),
        trace: message.trace ?? null,
        group: message.group ?? null,
        deduplication: message.deduplication ?? null,
      })
      return Number(lastInsertRowid)
    },
    get(queue: number, id: number): Message | undefined {
      const row = get.get(id, queue)
      return row && toMessage(row)
    },
    /** All messages, in the order in which they were sent. */
    all: (queue: number): Message[] => all.all(queue).map(toMessage),
    visible: (queue: number, now: number, limit: number): Message[] => visible.all(queue, now, limit).map(toMessage),
    visibleInGroups: (queue: number, now: number, limit: number): Message[] =>
      visibleInGroups.all({ queue, now, limit }).map(toMessage),
    received: (id: number, now: number, visibleAt: number): void => void received.run({ id, now, visibleAt }),
    /** Stores an independent second copy of a message. */
    double: (id: number, visibleAt: number): void => void double.run(visibleAt, id),
    /** The time at which the next invisible message becomes visible; undefined if there is none. */
    nextVisible(queue: number, now: number): number | undefined {
      const row = nextVisible.get(queue, now)
      return row && optionalNumberIn(row, 'due')
    },
    setVisible: (id: number, visibleAt: number): void => void setVisible.run(visibleAt, id),
    /** Moves a message to another queue; it keeps its id, sent time and receive count. */
    move: (id: number, queue: number, visibleAt: number, deadFrom: string | undefined): void =>
      void move.run(queue, visibleAt, deadFrom ?? null, id),
    /** Removes a message unless it has been received again since. */
    remove: (queue: number, id: number, receive: number): void => void remove.run(id, queue, receive),
    removeOlder: (queue: number, sent: number): void => void removeOlder.run(queue, sent),
    removeAll: (queue: number): void => void removeAll.run(queue),
    counts(queue: number, now: number): { visible: number; inFlight: number; delayed: number } {
      const row = counts.get({ queue, now }) ?? {}
      return {
        visible: numberIn(row, 'visible'),
        inFlight: numberIn(row, 'inFlight'),
        delayed: numberIn(row, 'delayed'),
      }
    },
  }
}
