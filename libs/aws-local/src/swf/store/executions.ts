import type { DatabaseSync } from 'node:sqlite'
import type { EventAttributes, Run } from '../execution/events.ts'
import type { CloseStatus } from '../execution/state.ts'
import { executionOf, type ExecutionRecord } from './execution-record.ts'
import { openVisibility } from './visibility.ts'

export type Executions = ReturnType<typeof openExecutions>

/** The executions of one region, open and closed. */
export function openExecutions(db: DatabaseSync, region: string) {
  const insert = db.prepare(
    `INSERT INTO swf_execution (region, domain, workflow_id, run_id, type_name, type_version, tags, parent, started_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const close = db.prepare('UPDATE swf_execution SET closed_at = ?, close_status = ? WHERE key = ?')
  const requestCancel = db.prepare('UPDATE swf_execution SET cancel_requested = 1 WHERE key = ?')
  const byRun = db.prepare('SELECT * FROM swf_execution WHERE run_id = ? AND region = ?')
  const byKey = db.prepare('SELECT * FROM swf_execution WHERE key = ? AND region = ?')
  const open = db.prepare('SELECT * FROM swf_execution WHERE region = ? AND closed_at IS NULL ORDER BY key')
  const inDomain = db.prepare('SELECT * FROM swf_execution WHERE region = ? AND domain = ? ORDER BY key')
  const forgetHeartbeats = db.prepare('DELETE FROM swf_heartbeat WHERE execution = ?')
  const expired = `SELECT key FROM swf_execution WHERE region = ? AND domain = ? AND closed_at <= ?`
  const dropEvents = db.prepare(`DELETE FROM swf_event WHERE execution IN (${expired})`)
  const dropExecutions = db.prepare(`DELETE FROM swf_execution WHERE key IN (${expired})`)
  return {
    /** Adds an execution and returns its key. */
    add(domain: string, run: Run, started: EventAttributes['WorkflowExecutionStarted'], at: number): number {
      const { workflowType, tagList, parentWorkflowExecution: parent } = started
      const tags = tagList === undefined ? null : JSON.stringify(tagList)
      const { name, version } = workflowType
      const parentText = parent === undefined ? null : JSON.stringify(parent)
      const added = insert.run(region, domain, run.workflowId, run.runId, name, version, tags, parentText, at)
      return Number(added.lastInsertRowid)
    },
    close(key: number, status: CloseStatus, at: number): void {
      close.run(at, status, key)
      forgetHeartbeats.run(key)
    },
    requestCancel(key: number): void {
      requestCancel.run(key)
    },
    find(runId: string): ExecutionRecord | undefined {
      const row = byRun.get(runId, region)
      return row === undefined ? undefined : executionOf(row)
    },
    withKey(key: number): ExecutionRecord | undefined {
      const row = byKey.get(key, region)
      return row === undefined ? undefined : executionOf(row)
    },
    open: (): ExecutionRecord[] => open.all(region).map(executionOf),
    inDomain: (domain: string): ExecutionRecord[] => inDomain.all(region, domain).map(executionOf),
    ...openVisibility(db, region),
    /** Removes executions closed at or before `limit`, with their histories. */
    dropClosed(domain: string, limit: number): void {
      dropEvents.run(region, domain, limit)
      dropExecutions.run(region, domain, limit)
    },
  }
}
