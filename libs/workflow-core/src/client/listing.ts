import {
  type CloseStatus,
  paginateListClosedWorkflowExecutions,
  paginateListOpenWorkflowExecutions,
  type SWFClient,
  type WorkflowExecutionInfo,
} from '@aws-sdk/client-swf'

/** Filters executions to list. SWF takes one of `workflowId`, `workflow`, `tag` and `status` at a time. */
export interface ListFilter {
  /** Lists open executions started since, or closed ones closed since. Default: 90 days ago, SWF's longest retention. */
  readonly since?: Temporal.Instant
  readonly workflowId?: string
  readonly workflow?: { readonly name: string; readonly version?: string }
  readonly tag?: string
}

/** Lists open executions, newest first. On AWS, a start or a close may show some seconds late. */
export async function* listOpen(
  swf: SWFClient,
  domain: string,
  filter: ListFilter = {},
): AsyncGenerator<WorkflowExecutionInfo> {
  const query = { domain, startTimeFilter: { oldestDate: oldest(filter) }, ...filterOf(filter) }
  for await (const page of paginateListOpenWorkflowExecutions({ client: swf }, query)) yield* page.executionInfos ?? []
}

/** Lists closed executions, the last to close first. */
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
