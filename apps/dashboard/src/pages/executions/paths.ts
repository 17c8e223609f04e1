import type { Execution } from '@continuum/workflow-core'

/** Returns the path of the page of an execution. */
export function executionPath({ workflowId, runId }: Execution): string {
  return `/execution?${new URLSearchParams({ id: workflowId, run: runId }).toString()}`
}

/** Returns the path of a list of executions; empty values are left out. */
export function executionsPath(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? '/executions' : `/executions?${new URLSearchParams(given).toString()}`
}
