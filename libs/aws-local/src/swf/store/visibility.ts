import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { executionOf, type ExecutionRecord } from './execution-record.ts'
import { numberIn } from '../../shared/rows.ts'

/** A condition in SQL, and the values of its parameters. */
export type Condition = readonly [sql: string, ...values: SQLInputValue[]]

export interface Listing {
  conditions: readonly Condition[]
  by: 'started_at' | 'closed_at'
  oldestFirst: boolean
  /** The last entry of the previous page. */
  after: { time: number; key: number } | undefined
  limit: number
}

/** Lists and counts over all executions of a region, open and closed. */
export function openVisibility(db: DatabaseSync, region: string) {
  const here: Condition = ['region = ?', region]
  return {
    list({ conditions, by, oldestFirst, after, limit }: Listing): ExecutionRecord[] {
      const [than, direction] = oldestFirst ? ['>', 'ASC'] : ['<', 'DESC']
      const further: Condition[] = after === undefined ? [] : [[`(${by}, key) ${than} (?, ?)`, after.time, after.key]]
      const { where, values } = all([here, ...conditions, ...further])
      const sql = `SELECT * FROM swf_execution WHERE ${where} ORDER BY ${by} ${direction}, key ${direction} LIMIT ?`
      return db
        .prepare(sql)
        .all(...values, limit)
        .map(executionOf)
    },
    count(conditions: readonly Condition[]): number {
      const { where, values } = all([here, ...conditions])
      const row = db.prepare(`SELECT count(*) AS found FROM swf_execution WHERE ${where}`).get(...values)
      return row === undefined ? 0 : numberIn(row, 'found')
    },
  }
}

function all(conditions: readonly Condition[]): { where: string; values: SQLInputValue[] } {
  return { where: conditions.map(([sql]) => sql).join(' AND '), values: conditions.flatMap(([, ...values]) => values) }
}
