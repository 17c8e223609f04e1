import type { DatabaseSync } from 'node:sqlite'
import { numberIn, textIn, type Row } from '../rows.ts'
import type { Queue } from './queue.ts'

/** The rows of the queues. */
export type QueueStore = ReturnType<typeof createQueueStore>

/** @param arnOf - the ARN of the queue with a name, in the account and region of this server */
export function createQueueStore(db: DatabaseSync, arnOf: (name: string) => string) {
  const byName = db.prepare('SELECT * FROM sqs_queues WHERE name = ?')
  const all = db.prepare('SELECT * FROM sqs_queues ORDER BY name')
  const insert = db.prepare(
    'INSERT INTO sqs_queues (name, attributes, tags, created, modified) VALUES (:name, :attributes, :tags, :now, :now)',
  )
  const setAttributes = db.prepare('UPDATE sqs_queues SET attributes = ?, modified = ? WHERE id = ?')
  const setTags = db.prepare('UPDATE sqs_queues SET tags = ? WHERE id = ?')
  const setPurged = db.prepare('UPDATE sqs_queues SET purged = ? WHERE id = ?')
  const remove = db.prepare('DELETE FROM sqs_queues WHERE id = ?')

  const toQueue = (row: Row): Queue => ({
    id: numberIn(row, 'id'),
    name: textIn(row, 'name'),
    arn: arnOf(textIn(row, 'name')),
    attributes: JSON.parse(textIn(row, 'attributes')),
    tags: JSON.parse(textIn(row, 'tags')),
    created: numberIn(row, 'created'),
    modified: numberIn(row, 'modified'),
    purged: numberIn(row, 'purged'),
  })

  return {
    named(name: string): Queue | undefined {
      const row = byName.get(name)
      return row && toQueue(row)
    },
    /** All queues, A to Z. */
    all: (): Queue[] => all.all().map(toQueue),
    insert(name: string, attributes: Queue['attributes'], tags: Queue['tags'], now: number): void {
      insert.run({ name, attributes: JSON.stringify(attributes), tags: JSON.stringify(tags), now })
    },
    setAttributes: (queue: Queue, attributes: Queue['attributes'], now: number): void =>
      void setAttributes.run(JSON.stringify(attributes), now, queue.id),
    setTags: (queue: Queue, tags: Queue['tags']): void => void setTags.run(JSON.stringify(tags), queue.id),
    setPurged: (queue: Queue, now: number): void => void setPurged.run(now, queue.id),
    remove: (queue: Queue): void => void remove.run(queue.id),
  }
}
