import type { Ground } from '../../ground.ts'
import { applyEvent } from '../execution/apply.ts'
import { terminate } from '../execution/closing.ts'
import { askForDecision, availableDecision } from '../execution/decision-tasks.ts'
import { draft, type Draft } from '../execution/draft.ts'
import { nextDue } from '../execution/due.ts'
import { decodeEvent, encodeEvent } from '../execution/encoding.ts'
import type { EventAttributes, EventOf, EventType, Run } from '../execution/events.ts'
import { firstState, type ExecutionState } from '../execution/state.ts'
import type { Executions } from '../store/executions.ts'
import type { Histories } from '../store/histories.ts'
import { consequences } from './consequences.ts'
import { createDeadlines } from './deadlines.ts'
import { createOpenExecutions, type Execution, type OpenExecutions } from './open-executions.ts'
import { createTaskLists, type TaskLists } from './task-lists.ts'

/** A task that waits in a list: the scheduled event of an execution. */
export interface Task {
  readonly execution: Execution
  readonly scheduledEventId: number
}

/** The running part: open executions in memory, each change of them in the store before anyone hears of it. */
export interface Engine {
  readonly open: OpenExecutions
  readonly decisionTasks: TaskLists<Task>
  readonly activityTasks: TaskLists<Task>
  /** Starts an execution; its workflow id must be free. */
  start(domain: string, run: Run, started: EventAttributes['WorkflowExecutionStarted']): Execution
  /** Writes next events of an execution, and all that follows from them in others, in one transaction. */
  change<T>(execution: Execution, write: (draft: Draft) => T, at?: number): T
  /** Makes `work` and all changes in it one transaction. */
  together<T>(work: () => T): T
  /** Says that something without an event (a heartbeat) moved a time-out. */
  reconsider(execution: Execution): void
  /** Runs what is due by now. */
  catchUp(): void
  /** The state of any execution, open or closed, from its history. */
  rebuild(key: number, domain: string, run: Run): ExecutionState
}

/** A history is closed by force when it grows to this. */
const eventLimit = 25_000

export function createEngine(ground: Ground, executions: Executions, histories: Histories): Engine {
  const open = createOpenExecutions()
  const decisionTasks = createTaskLists<Task>()
  const activityTasks = createTaskLists<Task>()
  const deadlines = createDeadlines<Execution>(
    ground.clock,
    ({ state }) => nextDue(state)?.at,
    (execution) => {
      const due = nextDue(execution.state)
      if (due !== undefined) engine.change(execution, due.expire, due.at)
    },
  )
  /** The transaction under way: whom it changed, and what is still to be written because of what was written. */
  let unit: { changed: Set<Execution>; pending: (() => void)[] } | undefined

  function together<T>(work: () => T): T {
    if (unit !== undefined) return work()
    const current = { changed: new Set<Execution>(), pending: new Array<() => void>() }
    unit = current
    let result: T
    try {
      result = ground.transaction(() => {
        const value = work()
        for (let next = current.pending.shift(); next !== undefined; next = current.pending.shift()) next()
        return value
      })
    } catch (error) {
      for (const execution of current.changed) forgetOrRestore(execution)
      throw error
    } finally {
      unit = undefined
    }
    follow(current.changed)
    return result
  }

  function change<T>(execution: Execution, write: (draft: Draft) => T, now = ground.clock.now()): T {
    return together(() => {
      unit?.changed.add(execution)
      const { state } = execution
      const result = write(draft(state, now, (event) => append(execution, event)))
      if (state.lastEventId >= eventLimit && state.closed === undefined)
        terminate(
          draft(state, now, (event) => append(execution, event)),
          { cause: 'EVENT_LIMIT_EXCEEDED' },
        )
      return result
    })
  }

  function append<T extends EventType>(execution: Execution, event: EventOf<T>): void {
    const { key, state } = execution
    histories.append(key, event.id, encodeEvent(event))
    if (state.closed !== undefined) executions.close(key, state.closed.status, event.at)
    if (event.type === 'WorkflowExecutionCancelRequested') executions.requestCancel(key)
    const consequence = consequences[event.type]
    if (consequence !== undefined) unit?.pending.push(() => consequence(engine, execution, event))
  }

  function start(domain: string, run: Run, started: EventAttributes['WorkflowExecutionStarted']): Execution {
    return together(() => {
      const now = ground.clock.now()
      const key = executions.add(domain, run, started, now)
      const execution: Execution = {
        key,
        state: firstState(domain, run, started, now),
        offered: new Map(),
        followedTo: 0,
      }
      open.add(execution)
      change(execution, (next) => {
        next.record('WorkflowExecutionStarted', started)
        askForDecision(next)
      })
      return execution
    })
  }

  function rebuild(key: number, domain: string, run: Run): ExecutionState {
    let state: ExecutionState | undefined
    const all = { first: 1, last: Number.MAX_SAFE_INTEGER, limit: -1, newestFirst: false }
    for (const text of histories.read(key, all)) {
      const event = decodeEvent(text)
      state ??= firstState(domain, run, startedBy(event), event.at)
      applyEvent(state, event)
    }
    if (state === undefined) throw new Error(`The execution ${run.workflowId} (${run.runId}) has no history.`)
    histories.restoreHeartbeats(key, state)
    return state
  }

  function forgetOrRestore(execution: Execution): void {
    const { domain, run } = execution.state
    open.remove(execution)
    if (executions.find(run.runId) === undefined) return
    execution.state = rebuild(execution.key, domain, run)
    open.add(execution)
  }

  /** Brings task lists and time-outs in line with what was committed, then hands out what can be. */
  function follow(changed: Iterable<Execution>): void {
    const lists = new Set<() => void>()
    for (const execution of changed) {
      for (const [id, withdraw] of execution.offered) {
        if (placeOf(execution.state, id) !== undefined) continue
        withdraw()
        execution.offered.delete(id)
      }
      const { state, offered } = execution
      const fresh = [availableDecision(state)?.scheduledEventId ?? 0]
      for (let id = execution.followedTo + 1; id <= state.lastEventId; id++) fresh.push(id)
      for (const id of fresh) {
        const place = placeOf(state, id)
        if (place === undefined || offered.has(id)) continue
        const tasks = place.kind === 'decision' ? decisionTasks : activityTasks
        offered.set(id, tasks.offer(state.domain, place.list, place.priority, { execution, scheduledEventId: id }))
        lists.add(() => tasks.serve(state.domain, place.list))
      }
      execution.followedTo = state.lastEventId
      if (state.closed !== undefined) open.remove(execution)
      deadlines.track(execution)
    }
    for (const serve of lists) serve()
  }

  const engine: Engine = {
    open,
    decisionTasks,
    activityTasks,
    start,
    change,
    together,
    reconsider: deadlines.track,
    catchUp: deadlines.run,
    rebuild,
  }

  for (const { key, domain, run } of executions.open())
    open.add({ key, state: rebuild(key, domain, run), offered: new Map(), followedTo: 0 })
  // Tasks stand in their lists about as long as their execution has not moved.
  follow([...open.all()].toSorted((one, other) => one.state.lastEventAt - other.state.lastEventAt))
  return engine
}

function startedBy(event: EventOf<EventType>): EventAttributes['WorkflowExecutionStarted'] {
  if (isStarted(event)) return event.attributes
  throw new Error(`A history begins with ${event.type}.`)
}

const isStarted = (event: EventOf<EventType>): event is EventOf<'WorkflowExecutionStarted'> =>
  event.type === 'WorkflowExecutionStarted'

/** Where the task of this scheduled event waits, if it still does. */
function placeOf(
  state: ExecutionState,
  id: number,
): { kind: 'decision' | 'activity'; list: string; priority: number } | undefined {
  if (state.closed !== undefined) return undefined
  const activity = state.activities.get(id)
  if (activity !== undefined && activity.started === undefined) {
    const { taskList, taskPriority } = activity.attributes
    return { kind: 'activity', list: taskList.name, priority: Number(taskPriority ?? 0) }
  }
  const decision = availableDecision(state)
  if (decision === undefined || decision.scheduledEventId !== id) return undefined
  return {
    kind: 'decision',
    list: decision.attributes.taskList.name,
    priority: Number(decision.attributes.taskPriority ?? 0),
  }
}
