import type { ServerContext } from '../../shared/context.ts'
import { terminate } from '../execution/closing.ts'
import { scheduleDecisionTask } from '../execution/decision-tasks.ts'
import { createDraft } from '../execution/apply.ts'
import type { Draft } from '../execution/draft.ts'
import { nextDue } from '../execution/due.ts'
import { encodeEvent } from '../execution/encoding.ts'
import type { EventOf, EventType } from '../execution/events.ts'
import { firstState } from '../execution/state.ts'
import type { Executions } from '../store/executions.ts'
import type { Histories } from '../store/histories.ts'
import type { StoredTimes } from '../store/times.ts'
import type { ExecutionWriter } from './side-effect.ts'
import { sideEffects } from './side-effects.ts'
import { createDomainTimes, type DomainTimes } from './domain-times.ts'
import { createPendingTasks, type Task } from './pending-tasks.ts'
import { createOpenExecutions, type Execution } from './open-executions.ts'
import { replay } from './replay.ts'
import type { TaskLists } from './task-lists.ts'

/** The engine: open executions in memory, with each change stored before anyone sees it. */
export interface Engine extends ExecutionWriter {
  readonly decisionTasks: TaskLists<Task>
  readonly activityTasks: TaskLists<Task>
  /** Updates the due time after a change without an event (a heartbeat). */
  reconsider(execution: Execution): void
  readonly times: DomainTimes
  /** Calls `heard` for each execution that closes, once that is stored; the returned function unsubscribes. */
  onClosed(heard: (execution: Execution) => void): () => void
  /** Runs everything that is due by now. */
  catchUp(): void
}

/** A transaction in progress: the executions that it has changed, and the side effects that are still to be run. */
interface UnitOfWork {
  readonly changed: Set<Execution>
  readonly pending: (() => void)[]
}

/** An execution is terminated when its history has this many events. */
const eventLimit = 25_000

/** Creates the engine and resumes the executions that are open in the store. */
export function createEngine(
  context: ServerContext,
  executions: Executions,
  histories: Histories,
  storedTimes: StoredTimes,
): Engine {
  const open = createOpenExecutions()
  const { decisionTasks, activityTasks, follow } = createPendingTasks()
  const times = createDomainTimes(context.clock, storedTimes, open, expire)
  const listeners = new Set<(execution: Execution) => void>()
  let unit: UnitOfWork | undefined

  function together<T>(work: (current: UnitOfWork) => T): T {
    if (unit !== undefined) return work(unit)
    const current: UnitOfWork = { changed: new Set(), pending: [] }
    unit = current
    let result: T
    try {
      result = context.transaction(() => {
        const value = work(current)
        for (let next = current.pending.shift(); next !== undefined; next = current.pending.shift()) next()
        return value
      })
    } catch (error) {
      for (const execution of current.changed) restore(execution)
      throw error
    } finally {
      unit = undefined
    }
    committed(current.changed)
    return result
  }

  /** Publishes the changes of a committed transaction to clients. */
  function committed(changed: Set<Execution>): void {
    for (const execution of changed) {
      if (execution.state.closed !== undefined) open.remove(execution)
      times.track(execution)
    }
    follow(changed)
    for (const execution of changed)
      if (execution.state.closed !== undefined) for (const heard of listeners) heard(execution)
  }

  /** Discards the changes in memory of a transaction that was rolled back. */
  function restore(execution: Execution): void {
    const { domain, run } = execution.state
    open.remove(execution)
    if (executions.find(run.runId) === undefined) return
    execution.state = replay(histories, execution.key, domain, run)
    open.add(execution)
  }

  function write<T>(execution: Execution, work: (next: Draft) => T, now: number): T {
    return together((current) => {
      current.changed.add(execution)
      const { state } = execution
      const next = createDraft(state, now, (event) => append(current, execution, event))
      const result = work(next)
      if (state.lastEventId >= eventLimit && state.closed === undefined)
        terminate(next, { cause: 'EVENT_LIMIT_EXCEEDED' })
      return result
    })
  }

  function append<T extends EventType>({ pending }: UnitOfWork, execution: Execution, event: EventOf<T>): void {
    const { key, state } = execution
    histories.append(key, event.id, encodeEvent(event))
    if (state.closed !== undefined) executions.close(key, state.closed.status, event.at)
    if (event.type === 'WorkflowExecutionCancelRequested') executions.requestCancel(key)
    const sideEffect = sideEffects[event.type]
    if (sideEffect !== undefined) pending.push(() => sideEffect(engine, execution, event))
  }

  function expire(execution: Execution): void {
    const due = nextDue(execution.state)
    if (due !== undefined) write(execution, due.expire, due.at)
  }

  const engine: Engine = {
    open,
    decisionTasks,
    activityTasks,
    start: (domain, run, started) =>
      together(() => {
        const now = times.now(domain)
        const key = executions.add(domain, run, started, now)
        const state = firstState(domain, run, started, now)
        const execution: Execution = { key, state, offered: new Map(), followedTo: 0 }
        open.add(execution)
        engine.change(execution, (next) => {
          next.record('WorkflowExecutionStarted', started)
          scheduleDecisionTask(next)
        })
        return execution
      }),
    change: (execution, work) => write(execution, work, times.now(execution.state.domain)),
    reconsider: (execution) => times.track(execution),
    catchUp: () => times.catchUp(),
    times,
    onClosed(heard) {
      listeners.add(heard)
      return () => void listeners.delete(heard)
    },
  }

  for (const { key, domain, run } of executions.open())
    open.add({ key, state: replay(histories, key, domain, run), offered: new Map(), followedTo: 0 })
  // Tasks have been in their lists for about as long as their execution has not changed.
  const byIdleTime = [...open.all()].toSorted((one, other) => one.state.lastEventAt - other.state.lastEventAt)
  committed(new Set(byIdleTime))
  return engine
}
