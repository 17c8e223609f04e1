import { replay } from '../swf/engine/replay.ts'
import type { Execution } from '../swf/engine/open-executions.ts'
import { decodeEvent } from '../swf/execution/encoding.ts'
import type { EventOf, EventType, Run } from '../swf/execution/events.ts'
import type { CloseStatus } from '../swf/execution/state.ts'
import { unknownExecution } from '../swf/wire/errors.ts'
import { importHistory } from '../swf/operation/history-import.ts'
import { domainNamed, type Swf } from '../swf/operation/swf.ts'
import type { ExecutionRecord } from '../swf/store/execution-record.ts'
import { startTestWorker, type TestWorker, type TestWorkerOptions } from './test-worker.ts'
import { domainTime, type DomainTime } from './time.ts'

/** An event of a history: its attributes are those of its type. `at` is in milliseconds since the epoch. */
export type HistoryEvent = { [T in EventType]: EventOf<T> }[EventType]

/** An execution as it stands. Times are milliseconds since the epoch. */
export interface ExecutionView extends Run {
  readonly status: 'OPEN' | CloseStatus
  readonly startedAt: number
  readonly closedAt: number | undefined
  /** What it is waiting for: ids of activities and timers, workflow ids of children. */
  readonly openActivities: readonly string[]
  readonly openTimers: readonly string[]
  readonly openChildren: readonly string[]
  readonly events: readonly HistoryEvent[]
}

/** A domain of SWF seen from within the server: no wire, no credentials, for tests. */
export interface DomainView {
  readonly time: DomainTime
  /** All executions that are kept, open and closed, the oldest first. */
  executions(): ExecutionView[]
  /** The run, or without `runId` the last one of that workflow id; undefined where there is none. */
  execution(workflowId: string, runId?: string): ExecutionView | undefined
  /**
   * Waits until an execution is closed and tells how it ended; at once where it is. Without `runId` that is the last run, and runs
   * that continue it as new are waited for too. Rejects for one that never was, and when the server closes.
   */
  waitForClose(workflowId: string, runId?: string): Promise<ExecutionView>
  /** Does activities in the place of workers. */
  startWorker(options: TestWorkerOptions): TestWorker
  /**
   * Takes over a closed execution from its exported history, parsed: `{ events: [...] }` as `aws swf get-workflow-execution-history`
   * writes it. The domain must keep executions long enough.
   * @throws {InvalidHistoryError}
   */
  importHistory(execution: Run, history: unknown): void
}

/** @param ended aborted when the server closes */
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

// Each event was stored with the attributes of its type.
const isOfItsType = (_event: EventOf<EventType>): _event is HistoryEvent => true
