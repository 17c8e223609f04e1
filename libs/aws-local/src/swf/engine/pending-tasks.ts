import { availableDecision } from '../execution/decision-tasks.ts'
import type { ExecutionState } from '../execution/state.ts'
import type { Execution } from './open-executions.ts'
import { createTaskLists, type TaskLists } from './task-lists.ts'

/** A task in a task list: the scheduled event of an execution. */
export interface Task {
  readonly execution: Execution
  readonly scheduledEventId: number
}

export interface PendingTasks {
  readonly decisionTasks: TaskLists<Task>
  readonly activityTasks: TaskLists<Task>
  /** Updates the lists after executions have changed, then hands out tasks. */
  readonly follow: (changed: Iterable<Execution>) => void
}

/** Creates the task lists of deciders and workers. They are never stored: they follow from the states of open executions. */
export function createPendingTasks(): PendingTasks {
  const decisionTasks = createTaskLists<Task>()
  const activityTasks = createTaskLists<Task>()

  function withdrawTaken({ state, offered }: Execution): void {
    for (const [id, withdraw] of offered) {
      if (placeOf(state, id) !== undefined) continue
      withdraw()
      offered.delete(id)
    }
  }

  /** Adds the tasks of new events to their lists, and returns the calls that serve these lists. */
  function offerNew(execution: Execution): (() => void)[] {
    const { state, offered } = execution
    // A decision task scheduled long ago may have become available only now.
    const ids = [availableDecision(state)?.scheduledEventId ?? 0]
    for (let id = execution.followedTo + 1; id <= state.lastEventId; id++) ids.push(id)
    execution.followedTo = state.lastEventId
    return ids.flatMap((id) => {
      const place = placeOf(state, id)
      if (place === undefined || offered.has(id)) return []
      const tasks = place.kind === 'decision' ? decisionTasks : activityTasks
      offered.set(id, tasks.offer(state.domain, place.list, place.priority, { execution, scheduledEventId: id }))
      return [() => tasks.serve(state.domain, place.list)]
    })
  }

  function follow(changed: Iterable<Execution>): void {
    const executions = [...changed]
    executions.forEach(withdrawTaken)
    for (const serve of executions.flatMap(offerNew)) serve()
  }

  return { decisionTasks, activityTasks, follow }
}

interface Place {
  kind: 'decision' | 'activity'
  list: string
  priority: number
}

/** The task list of a scheduled event, if its task is still pending. */
function placeOf(state: ExecutionState, id: number): Place | undefined {
  if (state.closed !== undefined) return undefined
  const activity = state.activities.get(id)
  if (activity !== undefined && activity.started === undefined) {
    const { taskList, taskPriority } = activity.attributes
    return { kind: 'activity', list: taskList.name, priority: Number(taskPriority ?? 0) }
  }
  const decision = availableDecision(state)
  if (decision === undefined || decision.scheduledEventId !== id) return undefined
  const { taskList, taskPriority } = decision.attributes
  return { kind: 'decision', list: taskList.name, priority: Number(taskPriority ?? 0) }
}
