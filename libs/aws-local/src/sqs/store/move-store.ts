import type { DatabaseSync } from 'node:sqlite'
import { numberIn, optionalNumberIn, optionalTextIn, textIn, type Row } from '../../shared/rows.ts'

/** Messages on their way out of a dead-letter queue. A task that has ended has no row. */
export interface MoveTask {
  readonly id: number
  readonly sourceArn: string
  /** Absent: each message goes back to the queue that gave it up. */
  readonly destinationArn: string | undefined
  /** Messages a second; absent: as fast as it goes. */
  readonly rate: number | undefined
  /** Only messages up to this one: what comes back meanwhile is not moved in a circle. */
  readonly last: number
}

const toTask = (row: Row): MoveTask => ({
  id: numberIn(row, 'id'),
  sourceArn: textIn(row, 'source_arn'),
  destinationArn: optionalTextIn(row, 'destination_arn'),
  rate: optionalNumberIn(row, 'rate'),
  last: numberIn(row, 'last'),
})

/** The rows of the tasks that run. */
export type MoveStore = ReturnType<typeof createMoveStore>

export function createMoveStore(db: DatabaseSync) {
  const all = db.prepare('SELECT * FROM sqs_move_tasks ORDER BY id')
  const insert = db.prepare(`
    INSERT INTO sqs_move_tasks (source_arn, destination_arn, rate, last)
    VALUES (?, ?, ?, (SELECT coalesce(max(id), 0) FROM sqs_messages))
    RETURNING *`)
  const remove = db.prepare('DELETE FROM sqs_move_tasks WHERE id = ?')
  return {
    all: (): MoveTask[] => all.all().map(toTask),
    insert: (sourceArn: string, destinationArn: string | undefined, rate: number | undefined): MoveTask =>
      toTask(insert.get(sourceArn, destinationArn ?? null, rate ?? null) ?? {}),
    remove: (task: MoveTask): void => void remove.run(task.id),
  }
}
