import type { DatabaseSync } from 'node:sqlite'
import { numberIn, optionalNumberIn, optionalTextIn, textIn, type Row } from '../../shared/rows.ts'
import type { MoveTask } from './move-store.ts'

/** A move task as it is listed, also after its end. */
export interface MoveRecord {
  readonly id: number
  readonly handle: string
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED'
  readonly sourceArn: string
  readonly destinationArn: string | undefined
  readonly rate: number | undefined
  readonly moved: number
  readonly toMove: number
  /** Milliseconds since the epoch. */
  readonly started: number
}

const statusOf = (row: Row): MoveRecord['status'] => {
  const status = textIn(row, 'status')
  return status === 'RUNNING' || status === 'CANCELLED' ? status : 'COMPLETED'
}

const toRecord = (row: Row): MoveRecord => ({
  id: numberIn(row, 'id'),
  handle: textIn(row, 'handle'),
  status: statusOf(row),
  sourceArn: textIn(row, 'source_arn'),
  destinationArn: optionalTextIn(row, 'destination_arn'),
  rate: optionalNumberIn(row, 'rate'),
  moved: numberIn(row, 'moved'),
  toMove: numberIn(row, 'to_move'),
  started: numberIn(row, 'started'),
})

/** The records of move tasks. */
export type MoveRecords = ReturnType<typeof createMoveRecords>

export function createMoveRecords(db: DatabaseSync) {
  const insert = db.prepare(`
    INSERT INTO sqs_move_records (id, handle, source_arn, destination_arn, rate, started, status, moved, to_move)
    VALUES (?, ?, ?, ?, ?, ?, 'RUNNING', 0, ?)`)
  const count = db.prepare('UPDATE sqs_move_records SET moved = moved + ? WHERE id = ?')
  const end = db.prepare('UPDATE sqs_move_records SET status = ? WHERE id = ?')
  const ofSource = db.prepare('SELECT * FROM sqs_move_records WHERE source_arn = ? ORDER BY id DESC LIMIT ?')
  const byHandle = db.prepare('SELECT * FROM sqs_move_records WHERE handle = ?')
  return {
    begin: (task: MoveTask, begun: { handle: string; started: number; toMove: number }): void => {
      const { id, sourceArn, destinationArn, rate } = task
      insert.run(id, begun.handle, sourceArn, destinationArn ?? null, rate ?? null, begun.started, begun.toMove)
    },
    count: (task: MoveTask, moved: number): void => void count.run(moved, task.id),
    end: (id: number, status: 'COMPLETED' | 'CANCELLED'): void => void end.run(status, id),
    /** The newest first. */
    ofSource: (arn: string, most: number): MoveRecord[] => ofSource.all(arn, most).map(toRecord),
    byHandle: (handle: string): MoveRecord | undefined => {
      const row = byHandle.get(handle)
      return row && toRecord(row)
    },
  }
}
