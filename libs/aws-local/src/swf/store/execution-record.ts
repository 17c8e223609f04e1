import type { Run, Tags, Versioned } from '../execution/events.ts'
import { numberOf, optionalNumber, optionalText, textOf, type Row } from './rows.ts'

/** What lists show of an execution, and the key of its history. */
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
  const tags = optionalText(row, 'tags')
  const parent = optionalText(row, 'parent')
  const closedAt = optionalNumber(row, 'closed_at')
  return {
    key: numberOf(row, 'key'),
    domain: textOf(row, 'domain'),
    run: { workflowId: textOf(row, 'workflow_id'), runId: textOf(row, 'run_id') },
    workflowType: { name: textOf(row, 'type_name'), version: textOf(row, 'type_version') },
    ...(tags === undefined ? {} : { tags: JSON.parse(tags) }),
    ...(parent === undefined ? {} : { parent: JSON.parse(parent) }),
    cancelRequested: numberOf(row, 'cancel_requested') === 1,
    startedAt: numberOf(row, 'started_at'),
    ...(closedAt === undefined ? {} : { closed: { at: closedAt, status: textOf(row, 'close_status') } }),
  }
}
