import { closeStatuses } from '../execution/state.ts'
import { invalid } from '../wire/errors.ts'
import { domainNamed, nowIn, type Swf } from './swf.ts'
import * as m from '../wire/members.ts'
import { flag, oneOf, structure, timestamp } from '../wire/shape.ts'
import type { Condition } from '../store/visibility.ts'
import { infoOf } from './describe.ts'
import { operation } from './operation.ts'
import { nextPageToken, pageSizeOf, pageStart } from './pages.ts'
import { retentionCutoff } from './retention-cutoff.ts'

const timeFilter = structure({ oldestDate: timestamp }, { latestDate: timestamp })
const which = {
  typeFilter: structure({ name: m.name }, { version: m.version }),
  tagFilter: structure({ tag: m.label }, {}),
  executionFilter: structure({ workflowId: m.workflowId }, {}),
}
const paging = { nextPageToken: m.pageToken, maximumPageSize: m.pageSize, reverseOrder: flag }
const open = { required: { domain: m.name, startTimeFilter: timeFilter }, optional: which }
const closed = {
  required: { domain: m.name },
  optional: {
    ...which,
    startTimeFilter: timeFilter,
    closeTimeFilter: timeFilter,
    closeStatusFilter: structure({ status: oneOf(...closeStatuses) }, {}),
  },
}

interface TimeFilter {
  oldestDate: number
  latestDate?: number
}
interface Filters {
  startTimeFilter?: TimeFilter
  closeTimeFilter?: TimeFilter
  typeFilter?: { name: string; version?: string }
  tagFilter?: { tag: string }
  executionFilter?: { workflowId: string }
  closeStatusFilter?: { status: string }
}
interface Paging {
  nextPageToken?: string
  maximumPageSize?: number
  reverseOrder?: boolean
}
interface Query {
  conditions: Condition[]
  by: 'started_at' | 'closed_at'
}

/**
 * Builds the query for filters.
 * @throws {SwfError} ValidationException without a time filter, with two, and for filters that exclude each other
 */
function queryOf(domain: string, filters: Filters): Query {
  const { startTimeFilter, closeTimeFilter, executionFilter, typeFilter, tagFilter, closeStatusFilter } = filters
  const time = startTimeFilter ?? closeTimeFilter
  if (time === undefined) throw invalid('Must specify time filter')
  refuseTogether({ StartTimeFilter: startTimeFilter, CloseTimeFilter: closeTimeFilter })
  refuseTogether({
    WorkflowExecutionFilter: executionFilter,
    WorkflowTypeFilter: typeFilter,
    TagFilter: tagFilter,
    CloseStatusFilter: closeStatusFilter,
  })
  const by = startTimeFilter === undefined ? 'closed_at' : 'started_at'
  const conditions: Condition[] = [
    ['domain = ?', domain],
    [`${by} >= ?`, time.oldestDate * 1000],
  ]
  if (time.latestDate !== undefined) conditions.push([`${by} <= ?`, time.latestDate * 1000])
  if (executionFilter !== undefined) conditions.push(['workflow_id = ?', executionFilter.workflowId])
  if (typeFilter !== undefined) conditions.push(['type_name = ?', typeFilter.name])
  if (typeFilter?.version !== undefined) conditions.push(['type_version = ?', typeFilter.version])
  if (tagFilter !== undefined)
    conditions.push(['EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)', tagFilter.tag])
  if (closeStatusFilter !== undefined) conditions.push(['close_status = ?', closeStatusFilter.status])
  return { conditions, by }
}

function refuseTogether(filters: Record<string, object | undefined>): void {
  const given = Object.keys(filters).filter((name) => filters[name] !== undefined)
  if (given.length > 1)
    throw invalid(`Cannot specify more than one exclusive filters in the same query: [${given.join(', ')}]`)
}

function openQuery(swf: Swf, input: { domain: string } & Filters): Query {
  const { conditions, by } = queryOf(domainNamed(swf, input.domain).name, input)
  return { conditions: [...conditions, ['closed_at IS NULL']], by }
}

function closedQuery(swf: Swf, input: { domain: string } & Filters): Query {
  const { conditions, by } = queryOf(input.domain, input)
  return {
    conditions: [
      ...conditions,
      ['closed_at > ?', retentionCutoff(domainNamed(swf, input.domain).retention, nowIn(swf, input.domain))],
    ],
    by,
  }
}

function page(swf: Swf, { conditions, by }: Query, input: Filters & Paging) {
  const { reverseOrder: oldestFirst = false, maximumPageSize, nextPageToken: token } = input
  const { startTimeFilter, closeTimeFilter, executionFilter, typeFilter, tagFilter, closeStatusFilter } = input
  const filters = [startTimeFilter, closeTimeFilter, executionFilter, typeFilter, tagFilter, closeStatusFilter]
  const of = `executions ${JSON.stringify(filters)} ${oldestFirst}`
  const size = pageSizeOf(maximumPageSize)
  const now = swf.context.clock.now()
  const [time, key] = pageStart(token, of, now) ?? []
  const after = time === undefined || key === undefined ? undefined : { time, key }
  const found = swf.executions.list({ conditions, by, oldestFirst, after, limit: size + 1 })
  const shown = found.slice(0, size)
  const last = shown.at(-1)
  const lastTime = by === 'closed_at' ? last?.closed?.at : last?.startedAt
  const more = found.length > size && last !== undefined && lastTime !== undefined
  return {
    executionInfos: shown.map(infoOf),
    ...(more ? { nextPageToken: nextPageToken(of, [lastTime, last.key], now) } : {}),
  }
}

const counted = (count: number) => ({ count, truncated: false })

export const listOpenWorkflowExecutions = operation(
  structure(open.required, { ...open.optional, ...paging }),
  (swf, input) => page(swf, openQuery(swf, input), input),
)

export const listClosedWorkflowExecutions = operation(
  structure(closed.required, { ...closed.optional, ...paging }),
  (swf, input) => page(swf, closedQuery(swf, input), input),
)

export const countOpenWorkflowExecutions = operation(structure(open.required, open.optional), (swf, input) =>
  counted(swf.executions.count(openQuery(swf, input).conditions)),
)

export const countClosedWorkflowExecutions = operation(structure(closed.required, closed.optional), (swf, input) =>
  counted(swf.executions.count(closedQuery(swf, input).conditions)),
)

const list = structure({ domain: m.name, taskList: m.taskList }, {})

export const countPendingActivityTasks = operation(list, (swf, { domain, taskList }) =>
  counted(swf.engine.activityTasks.count(domainNamed(swf, domain).name, taskList.name)),
)

/** Counts scheduled decision tasks, and started ones that are not completed. */
export const countPendingDecisionTasks = operation(list, (swf, { domain, taskList }) => {
  const waiting = swf.engine.decisionTasks.count(domainNamed(swf, domain).name, taskList.name)
  const withDeciders = [...swf.engine.open.all()].filter(
    ({ state }) => state.domain === domain && state.startedDecision?.attributes.taskList.name === taskList.name,
  )
  return counted(waiting + withDeciders.length)
})
