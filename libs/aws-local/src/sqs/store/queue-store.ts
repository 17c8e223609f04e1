import type { DatabaseSync } from 'node:sqlite'
import { numberIn, textIn, type Row } from '../../shared/rows.ts'
import type { Queue } from '../model/queue.ts'

/** The regions that have queues. */
export const regionsOf = (db: DatabaseSync): string[] =>
  db
    .prepare('SELECT DISTINCT region FROM sqs_queues')
    .all()
    .map((row) => textIn(row, 'region'))

/** The rows of the queues. */
export type QueueStore = ReturnType<typeof createQueueStore>

/** The queues of one region. `arnOf` gives the ARN of the queue with a name. */
export function createQueueStore(db: DatabaseSync, region: string, arnOf: (name: string) => string) {
  const byName = db.prepare('SELECT * FROM sqs_queues WHERE region = ? AND name = ?')
  const all = db.prepare('SELECT * FROM sqs_queues WHERE region = ? ORDER BY name')
  const insert = db.prepare(
    'INSERT INTO sqs_queues (region, name, attributes, tags, created, modified) VALUES (:region, :name, :attributes, :tags, :now, :now)',
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
      const row = byName.get(region, name)
      return row && toQueue(row)
    },
    /** All queues, A to Z. */
    all: (): Queue[] => all.all(region).map(toQueue),
    insert(name: string, attributes: Queue['attributes'], tags: Queue['tags'], now: number): void {
      insert.run({ region, name, attributes: JSON.stringify(attributes), tags: JSON.stringify(tags), now })
    },
    setAttributes: (queue: Queue, attributes: Queue['attributes'], now: number): void =>
      void setAttributes.run(JSON.stringify(attributes), now, queue.id),
    setTags: (queue: Queue, tags: Queue['tags']): void => void setTags.run(JSON.stringify(tags), queue.id),
    setPurged: (queue: Queue, now: number): void => void setPurged.run(now, queue.id),
    remove: (queue: Queue): void => void remove.run(queue.id),
  }
}
