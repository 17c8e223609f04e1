/** Identifies one run of an execution: the id that its starter chose, and SWF's id of the run. */
export interface Execution {
  readonly workflowId: string
  readonly runId: string
}
