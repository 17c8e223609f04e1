/** Which execution: the id its starter chose, and SWF's id for this run of it. */
export interface Execution {
  readonly workflowId: string
  readonly runId: string
}
