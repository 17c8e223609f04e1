import { parseDecisions, takeDecisions } from '../decision/index.ts'
import { startDecision } from '../execution/decision-tasks.ts'
import { invalid, unknownDecisionTask } from '../wire/errors.ts'
import { newRunId } from '../execution/run-id.ts'
import { domainNamed, type Swf } from './swf.ts'
import * as m from '../wire/members.ts'
import { flag, list, object, structure } from '../wire/shape.ts'
import type { Reply } from '../wire/http.ts'
import { operation } from './operation.ts'
import { nextPageToken, pageSizeOf, pageStart } from './pages.ts'
import { nextTask } from './polling.ts'
import { decisionOfToken, taskToken } from './task-tokens.ts'

/** A started decision task, repeated on each of its pages. */
interface HandedOut {
  key: number
  scheduled: number
  started: number
  previous: number
}

export const pollForDecisionTask = operation(
  structure(
    { domain: m.name, taskList: m.taskList },
    {
      identity: m.identity,
      nextPageToken: m.pageToken,
      maximumPageSize: m.pageSize,
      reverseOrder: flag,
      startAtPreviousStartedEvent: flag,
    },
  ),
  async (swf, { domain, taskList, identity, ...paging }, caller) => {
    domainNamed(swf, domain)
    const page = pageOfTask(swf, paging)
    if (page !== undefined) return page
    const handedOut = await nextTask(swf, 'decisionTasks', { domain, list: taskList.name }, caller, (task) =>
      swf.engine.change(task.execution, (draft): HandedOut => {
        const started = startDecision(draft, task.scheduledEventId, identity)
        const { key } = task.execution
        return { key, scheduled: task.scheduledEventId, started, previous: draft.state.previousStartedEventId }
      }),
    )
    if (handedOut === undefined) return { startedEventId: 0, previousStartedEventId: 0 }
    const first = paging.startAtPreviousStartedEvent === true ? Math.max(1, handedOut.previous) : 1
    return showTask(swf, handedOut, {
      ...paging,
      first,
      from: paging.reverseOrder === true ? handedOut.started : first,
    })
  },
)

type Paging = { nextPageToken?: string; maximumPageSize?: number; reverseOrder?: boolean }

const tokenOf = (newestFirst: boolean | undefined) => `decision ${newestFirst === true}`

/** Returns a further page of a task: no new task, no event, no wait. */
function pageOfTask(swf: Swf, paging: Paging): Reply | undefined {
  const start = pageStart(paging.nextPageToken, tokenOf(paging.reverseOrder), swf.context.clock.now())
  if (start === undefined) return undefined
  const [key, scheduled, started, previous, first, from] = start
  if (key === undefined || scheduled === undefined || started === undefined || previous === undefined)
    throw invalid('Invalid token')
  if (first === undefined || from === undefined) throw invalid('Invalid token')
  return showTask(swf, { key, scheduled, started, previous }, { ...paging, first, from })
}

/** The task with its events from `first` to DecisionTaskStarted, or the page of them that starts at `from`. */
function showTask(swf: Swf, task: HandedOut, paging: Paging & { first: number; from: number }): Reply {
  const { key, scheduled, started, previous } = task
  const { first, from, reverseOrder: newestFirst = false } = paging
  const limit = pageSizeOf(paging.maximumPageSize)
  const range = newestFirst ? { first, last: from } : { first: from, last: started }
  const next = newestFirst ? from - limit : from + limit
  const more = newestFirst ? next >= first : next <= started
  const record = swf.executions.withKey(key)
  if (record === undefined) throw unknownDecisionTask(scheduled)
  const token = [key, scheduled, started, previous, first, next]
  return {
    taskToken: taskToken('decision', record.run.runId, scheduled, started),
    startedEventId: started,
    previousStartedEventId: previous,
    workflowExecution: record.run,
    workflowType: record.workflowType,
    events: swf.histories.read(key, { ...range, limit, newestFirst }),
    ...(more ? { nextPageToken: nextPageToken(tokenOf(newestFirst), token, swf.context.clock.now()) } : {}),
  }
}

export const respondDecisionTaskCompleted = operation(
  structure(
    { taskToken: m.token },
    {
      decisions: list(object),
      executionContext: m.data,
      taskList: m.taskList,
      taskListScheduleToStartTimeout: m.duration,
    },
  ),
  (swf, { taskToken: token, decisions = [], ...completed }) => {
    const steps = parseDecisions(decisions)
    const { execution, task } = decisionOfToken(swf, token)
    const { scheduledEventId, startedEventId } = task
    const { domain } = execution.state
    swf.engine.change(execution, (draft) =>
      takeDecisions(draft, { scheduledEventId, startedEventId, ...completed }, steps, {
        workflowType: (type) => swf.workflowTypes.find(domain, type),
        activityType: (type) => swf.activityTypes.find(domain, type),
        newRunId,
      }),
    )
  },
)
