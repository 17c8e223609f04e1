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
  /** Lists open executions started until then, or closed ones closed until then. */
  readonly until?: Temporal.Instant
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
  const query = { domain, startTimeFilter: timesOf(filter), ...filterOf(filter) }
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
  const query = { domain, closeTimeFilter: timesOf(filter), ...filterOf(filter), ...statusFilter }
  for await (const page of paginateListClosedWorkflowExecutions({ client: swf }, query))
    yield* page.executionInfos ?? []
}

function timesOf({ since = Temporal.Now.instant().subtract({ hours: 90 * 24 }), until }: ListFilter) {
  return {
    oldestDate: new Date(since.epochMilliseconds),
    ...(until === undefined ? {} : { latestDate: new Date(until.epochMilliseconds) }),
  }
}

function filterOf({ workflowId, workflow, tag }: ListFilter) {
  return {
    ...(workflowId === undefined ? {} : { executionFilter: { workflowId } }),
    ...(workflow === undefined ? {} : { typeFilter: workflow }),
    ...(tag === undefined ? {} : { tagFilter: { tag } }),
  }
}

/** An execution of a list. Instants are ISO 8601. */
export interface ListedExecution {
  readonly workflowId: string
  readonly runId: string
  /** Name of the workflow. */
  readonly workflow: string
  /** `open`, or how it closed. */
  readonly status: ExecutionStatus
  readonly started: string | null
  readonly closed: string | null
  readonly tags: readonly string[]
}

/** The states of executions in lists. */
export const executionStatuses = [
  'open',
  'completed',
  'failed',
  'canceled',
  'terminated',
  'continued_as_new',
  'timed_out',
] as const
export type ExecutionStatus = (typeof executionStatuses)[number]

/** Reads what SWF lists of an execution. */
export function listedExecution(info: WorkflowExecutionInfo): ListedExecution {
  const { execution, workflowType, closeStatus, startTimestamp, closeTimestamp, tagList } = info
  const closed = closeStatus?.toLowerCase()
  return {
    workflowId: execution?.workflowId ?? '',
    runId: execution?.runId ?? '',
    workflow: workflowType?.name ?? '',
    status: executionStatuses.find((status) => status === closed) ?? 'open',
    started: startTimestamp?.toISOString() ?? null,
    closed: closeTimestamp?.toISOString() ?? null,
    tags: tagList ?? [],
  }
}
