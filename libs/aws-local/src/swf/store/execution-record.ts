import type { Run, Tags, Versioned } from '../execution/events.ts'
import { numberIn, optionalNumberIn, optionalTextIn, textIn, type Row } from '../../shared/rows.ts'

/** An execution as lists show it, and the key of its history. */
export interface ExecutionRecord {
  key: number
  domain: string
  run: Run
  workflowType: Versioned
  tags?: Tags
  parent?: Run
  cancelRequested: boolean
  startedAt: number
  closed?: { at: number; status: string }
}

export function executionOf(row: Row): ExecutionRecord {
  const tags = optionalTextIn(row, 'tags')
  const parent = optionalTextIn(row, 'parent')
  const closedAt = optionalNumberIn(row, 'closed_at')
  return {
    key: numberIn(row, 'key'),
    domain: textIn(row, 'domain'),
    run: { workflowId: textIn(row, 'workflow_id'), runId: textIn(row, 'run_id') },
    workflowType: { name: textIn(row, 'type_name'), version: textIn(row, 'type_version') },
    ...(tags === undefined ? {} : { tags: JSON.parse(tags) }),
    ...(parent === undefined ? {} : { parent: JSON.parse(parent) }),
    cancelRequested: numberIn(row, 'cancel_requested') === 1,
    startedAt: numberIn(row, 'started_at'),
    ...(closedAt === undefined ? {} : { closed: { at: closedAt, status: textIn(row, 'close_status') } }),
  }
}
