import {
  type CloseStatus,
  paginateListClosedWorkflowExecutions,
  paginateListOpenWorkflowExecutions,
  type SWFClient,
  type WorkflowExecutionInfo,
} from '@aws-sdk/client-swf'

/** Which executions to list. SWF takes one of `workflowId`, `workflow`, `tag` and `status` at a time. */
export interface ListFilter {
  /** Open ones that started since, closed ones that closed since. Default: 90 days ago, as long as SWF keeps any. */
  readonly since?: Temporal.Instant
  readonly workflowId?: string
  readonly workflow?: { readonly name: string; readonly version?: string }
  readonly tag?: string
}

/** Open executions, newest first. AWS may show a start or an end some seconds late. */
export async function* listOpen(
  swf: SWFClient,
  domain: string,
  filter: ListFilter = {},
): AsyncGenerator<WorkflowExecutionInfo> {
  const query = { domain, startTimeFilter: { oldestDate: oldest(filter) }, ...filterOf(filter) }
  for await (const page of paginateListOpenWorkflowExecutions({ client: swf }, query)) yield* page.executionInfos ?? []
}

/** Closed executions, the one that closed last first. */
export async function* listClosed(
  swf: SWFClient,
  domain: string,
  filter: ListFilter & { readonly status?: CloseStatus } = {},
): AsyncGenerator<WorkflowExecutionInfo> {
  const { status } = filter
  const statusFilter = status === undefined ? {} : { closeStatusFilter: { status } }
  const query = { domain, closeTimeFilter: { oldestDate: oldest(filter) }, ...filterOf(filter), ...statusFilter }
  for await (const page of paginateListClosedWorkflowExecutions({ client: swf }, query))
    yield* page.executionInfos ?? []
}

function oldest({ since = Temporal.Now.instant().subtract({ hours: 90 * 24 }) }: ListFilter): Date {
  return new Date(since.epochMilliseconds)
}

function filterOf({ workflowId, workflow, tag }: ListFilter) {
  return {
    ...(workflowId === undefined ? {} : { executionFilter: { workflowId } }),
    ...(workflow === undefined ? {} : { typeFilter: workflow }),
    ...(tag === undefined ? {} : { tagFilter: { tag } }),
  }
}
