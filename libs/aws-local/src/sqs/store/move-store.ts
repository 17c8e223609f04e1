import type { DatabaseSync } from 'node:sqlite'
import { numberIn, optionalNumberIn, optionalTextIn, textIn, type Row } from '../../shared/rows.ts'

/** A running message move task; a finished one has no row. */
export interface MoveTask {
  readonly id: number
  readonly sourceArn: string
  /** Absent: each message returns to its source queue. */
  readonly destinationArn: string | undefined
  /** Messages per second; absent: as fast as possible. */
  readonly rate: number | undefined
  /** Only messages up to this number, so that messages that come back in the meantime are not moved in a circle. */
  readonly last: number
}

const toTask = (row: Row): MoveTask => ({
  id: numberIn(row, 'id'),
  sourceArn: textIn(row, 'source_arn'),
  destinationArn: optionalTextIn(row, 'destination_arn'),
  rate: optionalNumberIn(row, 'rate'),
  last: numberIn(row, 'last'),
})

/** The rows of running tasks. */
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
