import {
  listedExecution,
  type ExecutionStatus,
  type ListedExecution,
  type ListFilter,
  type WorkflowClient,
} from '@continuum/workflow-core'

/** A choice of executions. */
export interface ExecutionsQuery {
  readonly article?: string | undefined
  /** The id of a run of the article. */
  readonly run?: string | undefined
  readonly workflow?: string | undefined
  readonly status?: ExecutionStatus | undefined
  /** Part of an id or of a workflow's name; or a whole id, which is found however old it is. */
  readonly q?: string | undefined
  /** Closed ones only, closed until then. */
  readonly until?: Temporal.Instant | undefined
  /** Closed ones of the last days. */
  readonly days: number
  /** Executions of deposits that wait or have ended well alone, or beside the others; absent: they are counted. */
  readonly deposits?: 'only' | 'with' | undefined
}

/** The executions of a list. */
export interface FoundExecutions {
  /** Open ones first; of both the newest first. */
  readonly listed: readonly ListedExecution[]
  /** There may be more that closed until then. */
  readonly next: string | undefined
  /** The executions of deposits that are not listed; there are `more` than were looked at. Absent where nothing is left out. */
  readonly quietDeposits?: { readonly count: number; readonly more: boolean }
}

/** The most that a page shows, and the most that are looked at: no more than SWF lists in one answer. */
const maxShown = 100
const maxLooked = 1_000

/** The workflows of the deposits service. */
const depositWorkflows = new Set(['Deposits', 'Deposit'])

/** Checks that an execution is of deposits, and waits or has ended well; one that failed matters. */
function isQuietDeposit({ workflow, status }: ListedExecution): boolean {
  return depositWorkflows.has(workflow) && ['open', 'completed', 'continued_as_new'].includes(status)
}

/** Checks that a list leaves quiet executions of deposits out: most wait for the hour of a recipient, and they would hide all else. */
function foldsDeposits({ article, run, workflow, q = '', deposits }: ExecutionsQuery): boolean {
  const named = article !== undefined || run !== undefined || workflow !== undefined || q.trim() !== ''
  return !named && deposits === undefined
}

/**
 * Lists executions. SWF filters by one thing at a time, so the narrowest is left to it, and the rest is done here: two calls, or
 * four of an article, whose executions have its id or its tag.
 */
export async function listExecutions(
  executions: Pick<WorkflowClient, 'listOpen' | 'listClosed'>,
  query: ExecutionsQuery,
  now: Temporal.Instant,
): Promise<FoundExecutions> {
  const { article, q = '', workflow, status, until } = query
  const filters: ListFilter[] =
    article !== undefined
      ? [{ workflowId: `article-${article}` }, { tag: article }]
      : [workflow === undefined ? {} : { workflow: { name: workflow } }]
  if (article === undefined && /^[\w.-]{3,}$/.test(q)) filters.push({ workflowId: q })
  const since = now.subtract({ hours: 24 * query.days })
  const closedOnes = (filter: ListFilter) => {
    const found = 'workflowId' in filter || 'tag' in filter
    const times = { ...(!found && { since }), ...(until && { until }) }
    return executions.listClosed({ ...filter, ...times })
  }
  const wantsOpen = until === undefined && (status === undefined || status === 'open')
  const [open, closed] = await Promise.all([
    wantsOpen ? Promise.all(filters.map((filter) => take(executions.listOpen(filter), query))) : [],
    status === 'open' ? [] : Promise.all(filters.map((filter) => take(closedOnes(filter), query))),
  ])
  const listed = [...newestFirst(open, 'started'), ...newestFirst(closed, 'closed')]
  const shown = listed.slice(0, maxShown)
  const cut = listed.length > maxShown || closed.some(({ more }) => more)
  const taken = [...open, ...closed]
  const folded = taken.reduce((sum, each) => sum + each.folded, 0)
  return {
    listed: shown,
    ...(foldsDeposits(query) && { quietDeposits: { count: folded, more: taken.some(({ more }) => more) } }),
    next: cut ? (shown.findLast(({ closed: at }) => at !== null)?.closed ?? undefined) : undefined,
  }
}

interface Taken {
  readonly found: readonly ListedExecution[]
  /** The number of quiet executions of deposits that were left out. */
  readonly folded: number
  readonly more: boolean
}

async function take(infos: ReturnType<WorkflowClient['listOpen']>, query: ExecutionsQuery): Promise<Taken> {
  const found: ListedExecution[] = []
  let [looked, folded] = [0, 0]
  for await (const info of infos) {
    const listed = listedExecution(info)
    const isQuiet = isQuietDeposit(listed)
    if (!matches(listed, query) || (query.deposits === 'only' && !isQuiet)) {
      // It is not asked for.
    } else if (isQuiet && foldsDeposits(query)) folded++
    else found.push(listed)
    if (found.length > maxShown || ++looked >= maxLooked) return { found, folded, more: true }
  }
  return { found, folded, more: false }
}

function matches(listed: ListedExecution, { run, workflow, status, q = '' }: ExecutionsQuery): boolean {
  const { workflowId, runId, tags } = listed
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const text = [workflowId, runId, listed.workflow, ...tags].join(' ').toLowerCase()
  return (
    (workflow === undefined || listed.workflow === workflow) &&
    (status === undefined || listed.status === status) &&
    (run === undefined || tags.includes(run) || tags.includes(`once-${run}`)) &&
    words.every((word) => text.includes(word))
  )
}

function newestFirst(taken: readonly Taken[], by: 'started' | 'closed'): ListedExecution[] {
  const byRun = new Map(taken.flatMap(({ found }) => found).map((each) => [each.runId, each]))
  return [...byRun.values()].toSorted((a, b) => ((a[by] ?? '') < (b[by] ?? '') ? 1 : -1))
}
