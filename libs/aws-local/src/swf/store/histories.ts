import type { DatabaseSync } from 'node:sqlite'
import type { ExecutionState } from '../execution/state.ts'
import { numberIn, optionalTextIn, textIn } from '../../shared/rows.ts'

/** Events and heartbeats of executions, by key of the execution. */
export type Histories = ReturnType<typeof openHistories>

export function openHistories(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO swf_event (execution, id, event) VALUES (?, ?, ?)')
  const oldest = db.prepare(
    'SELECT event FROM swf_event WHERE execution = ? AND id BETWEEN ? AND ? ORDER BY id LIMIT ?',
  )
  const newest = db.prepare(
    'SELECT event FROM swf_event WHERE execution = ? AND id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?',
  )
  const newestId = db.prepare('SELECT id FROM swf_event WHERE execution = ? ORDER BY id DESC LIMIT 1')
  const beat = db.prepare(
    'INSERT INTO swf_heartbeat (execution, activity, at, details) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, details = excluded.details',
  )
  const beats = db.prepare('SELECT activity, at, details FROM swf_heartbeat WHERE execution = ?')
  return {
    append(execution: number, id: number, event: string): void {
      insert.run(execution, id, event)
    },
    /** Events `first` to `last` (ids, inclusive), at most `limit`, each as its JSON. */
    read(execution: number, range: { first: number; last: number; limit: number; newestFirst: boolean }): string[] {
      const { first, last, limit, newestFirst } = range
      return (newestFirst ? newest : oldest).all(execution, first, last, limit).map((row) => textIn(row, 'event'))
    },
    lastId(execution: number): number {
      const row = newestId.get(execution)
      return row === undefined ? 0 : numberIn(row, 'id')
    },
    heartbeat(execution: number, activity: number, at: number, details: string | undefined): void {
      beat.run(execution, activity, at, details ?? null)
    },
    /** Adds the heartbeats, which are not events, to a state built from events. */
    restoreHeartbeats(execution: number, state: ExecutionState): void {
      for (const row of beats.all(execution)) {
        const activity = state.activities.get(numberIn(row, 'activity'))
        if (activity === undefined) continue
        const details = optionalTextIn(row, 'details')
        activity.heartbeat = { at: numberIn(row, 'at'), ...(details === undefined ? {} : { details }) }
      }
    },
  }
}
