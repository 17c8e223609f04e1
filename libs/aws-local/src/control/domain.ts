import { replay } from '../swf/engine/replay.ts'
import type { Execution } from '../swf/engine/open-executions.ts'
import { decodeEvent } from '../swf/execution/encoding.ts'
import type { EventOf, EventType, Run } from '../swf/execution/events.ts'
import type { CloseStatus } from '../swf/execution/state.ts'
import { unknownExecution } from '../swf/wire/errors.ts'
import { openCountsOf } from '../swf/operation/describe.ts'
import { importHistory } from '../swf/operation/history-import.ts'
import { domainNamed, type Swf } from '../swf/operation/swf.ts'
import type { ExecutionRecord } from '../swf/store/execution-record.ts'
import { startTestWorker, type TestWorker, type TestWorkerOptions } from './test-worker.ts'
import { domainTime, type DomainTime } from './time.ts'

/** A history event with the attributes of its type. `at` is in milliseconds since the epoch. */
export type HistoryEvent = { [T in EventType]: EventOf<T> }[EventType]

/** The state of an execution. Times are milliseconds since the epoch. */
export interface ExecutionView extends Run {
  readonly status: 'OPEN' | CloseStatus
  readonly startedAt: number
  readonly closedAt: number | undefined
  /** Work that the execution waits for: ids of activities and timers, workflow ids of children. */
  readonly openActivities: readonly string[]
  readonly openTimers: readonly string[]
  readonly openChildren: readonly string[]
  readonly events: readonly HistoryEvent[]
}

/** In-process access to an SWF domain for tests, without HTTP and credentials. */
export interface DomainView {
  readonly time: DomainTime
  /** All executions within the retention period, open and closed, oldest first. */
  executions(): ExecutionView[]
  /** The run, or without `runId` the last run of that workflow id; undefined if there is none. */
  execution(workflowId: string, runId?: string): ExecutionView | undefined
  /**
   * Waits until an execution is closed and returns it. Without `runId`, the last run is meant, and runs that continue it as new are
   * awaited too. Rejects for an unknown execution, and when the server closes.
   */
  waitForClose(workflowId: string, runId?: string): Promise<ExecutionView>
  /** Number of decision and activity tasks that are scheduled or under way: 0 when nothing is left but timers and time-outs. */
  openTasks(): number
  /** Starts an in-process activity worker. */
  startWorker(options: TestWorkerOptions): TestWorker
  /**
   * Imports a closed execution from its exported, parsed history: `{ events: [...] }` as written by `aws swf
   * get-workflow-execution-history`. It must be within the retention period of the domain.
   * @throws {InvalidHistoryError}
   */
  importHistory(execution: Run, history: unknown): void
}

/**
 * Creates the in-process access to a domain.
 * @param ended aborted when the server closes
 */
export function viewDomain(swf: Swf, skipQueues: (ms: number) => void, domain: string, ended: AbortSignal): DomainView {
  const records = () => swf.executions.inDomain(domain)
  const recordOf = (workflowId: string, runId?: string) =>
    records().findLast(({ run }) => run.workflowId === workflowId && (runId ?? run.runId) === run.runId)
  return {
    time: domainTime(swf, skipQueues, domain),
    executions: () => records().map((record) => view(swf, record)),
    execution(workflowId, runId) {
      const record = recordOf(workflowId, runId)
      return record && view(swf, record)
    },
    async waitForClose(workflowId, runId) {
      domainNamed(swf, domain)
      for (;;) {
        const record = recordOf(workflowId, runId)
        if (record === undefined) throw unknownExecution(workflowId, runId)
        const goesOn = runId === undefined && record.closed?.status === 'CONTINUED_AS_NEW'
        if (record.closed !== undefined && !goesOn) return view(swf, record)
        await nextClose(swf, ended, ({ state }) => state.domain === domain && state.run.workflowId === workflowId)
      }
    },
    openTasks() {
      swf.engine.catchUp()
      const open = swf.engine.open.all().filter(({ state }) => state.domain === domain)
      return open.reduce((count, { state }) => {
        const { openActivityTasks, openDecisionTasks } = openCountsOf(state)
        return count + openActivityTasks + openDecisionTasks
      }, 0)
    },
    startWorker: (options) => startTestWorker(swf, domain, options, ended),
    importHistory: (execution, history) => importHistory(swf, domain, execution, history),
  }
}

function nextClose(swf: Swf, ended: AbortSignal, concerns: (execution: Execution) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = swf.engine.onClosed((execution) => {
      if (!concerns(execution)) return
      stop()
      ended.removeEventListener('abort', giveUp)
      resolve()
    })
    const giveUp = () => {
      stop()
      reject(new Error('The server was closed.'))
    }
    ended.addEventListener('abort', giveUp)
    if (ended.aborted) giveUp()
  })
}

function view(swf: Swf, { key, domain, run, startedAt, closed }: ExecutionRecord): ExecutionView {
  const state = swf.engine.open.ofRun(run.runId)?.state ?? replay(swf.histories, key, domain, run)
  const events = swf.histories.read(key, { first: 1, last: state.lastEventId, limit: -1, newestFirst: false })
  return {
    ...run,
    status: state.closed?.status ?? 'OPEN',
    startedAt,
    closedAt: closed?.at,
    openActivities: [...state.activityIds.keys()],
    openTimers: [...state.timers.keys()],
    openChildren: Array.from(state.children.values(), ({ workflowId }) => workflowId),
    events: events.map(decodeEvent).filter(isOfItsType),
  }
}

// Events are stored with the attributes of their type.
const isOfItsType = (_event: EventOf<EventType>): _event is HistoryEvent => true
