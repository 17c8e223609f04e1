import { replay } from '../engine/replay.ts'
import type { ExecutionState } from '../execution/state.ts'
import { unknownExecution } from '../wire/errors.ts'
import { domainNamed, nowIn, type Swf } from './swf.ts'
import * as m from '../wire/members.ts'
import { flag, structure } from '../wire/shape.ts'
import type { ExecutionRecord } from '../store/execution-record.ts'
import { operation } from './operation.ts'
import { nextPageToken, pageSizeOf, pageStart } from './pages.ts'
import { retentionCutoff } from './retention-cutoff.ts'

const which = { domain: m.name, execution: m.execution }

/** The record of an open execution, or of a closed one within the retention period. */
function recordOf(
  swf: Swf,
  domainName: string,
  { workflowId, runId }: { workflowId: string; runId: string },
): ExecutionRecord {
  const domain = domainNamed(swf, domainName)
  const record = swf.executions.find(runId)
  const matches = record?.domain === domainName && record.run.workflowId === workflowId
  const gone =
    record?.closed !== undefined && record.closed.at <= retentionCutoff(domain.retention, nowIn(swf, domain.name))
  if (record === undefined || !matches || gone) throw unknownExecution(workflowId, runId)
  return record
}

export const describeWorkflowExecution = operation(structure(which, {}), (swf, { domain, execution }) => {
  const record = recordOf(swf, domain, execution)
  const state = swf.engine.open.ofRun(record.run.runId)?.state ?? replay(swf.histories, record.key, domain, record.run)
  const { latestActivityTaskAt, latestExecutionContext } = state
  return {
    executionInfo: infoOf(record),
    executionConfiguration: configurationOf(state),
    openCounts: openCountsOf(state),
    latestActivityTaskTimestamp: latestActivityTaskAt === undefined ? undefined : latestActivityTaskAt / 1000,
    latestExecutionContext,
  }
})

export const getWorkflowExecutionHistory = operation(
  structure(which, { nextPageToken: m.pageToken, maximumPageSize: m.pageSize, reverseOrder: flag }),
  (swf, { domain, execution, nextPageToken: token, maximumPageSize, reverseOrder: newestFirst = false }) => {
    const { key, run } = recordOf(swf, domain, execution)
    const now = swf.context.clock.now()
    const of = `history ${run.runId} ${newestFirst}`
    const last = swf.histories.lastId(key)
    const [from = newestFirst ? last : 1] = pageStart(token, of, now) ?? []
    const limit = pageSizeOf(maximumPageSize)
    const events = swf.histories.read(key, {
      first: newestFirst ? 1 : from,
      last: newestFirst ? from : last,
      limit,
      newestFirst,
    })
    const next = newestFirst ? from - limit : from + limit
    const more = newestFirst ? next >= 1 : next <= last
    return { events, ...(more ? { nextPageToken: nextPageToken(of, [next], now) } : {}) }
  },
)

/** The WorkflowExecutionInfo of an execution. */
export function infoOf({ run, workflowType, startedAt, closed, parent, tags, cancelRequested }: ExecutionRecord) {
  return {
    execution: run,
    workflowType,
    startTimestamp: startedAt / 1000,
    closeTimestamp: closed === undefined ? undefined : closed.at / 1000,
    executionStatus: closed === undefined ? 'OPEN' : 'CLOSED',
    closeStatus: closed?.status,
    parent,
    tagList: tags,
    // Live SWF returned false for closed executions whose cancellation had been requested; the documentation says true while open.
    cancelRequested: cancelRequested && closed === undefined,
    reopenable: false,
    reopenGenerationId: 0,
  }
}

function configurationOf({ configuration }: ExecutionState) {
  const { taskStartToCloseTimeout, executionStartToCloseTimeout, taskList, taskPriority, childPolicy, lambdaRole } =
    configuration
  return { taskStartToCloseTimeout, executionStartToCloseTimeout, taskList, taskPriority, childPolicy, lambdaRole }
}

/** The counts of what an execution waits for. */
export function openCountsOf(state: ExecutionState) {
  return {
    openActivityTasks: state.activities.size,
    openDecisionTasks: state.waitingDecision === undefined && state.startedDecision === undefined ? 0 : 1,
    openTimers: state.timers.size,
    openChildWorkflowExecutions: state.children.size,
    openLambdaFunctions: 0,
  }
}
