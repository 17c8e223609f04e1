/** The task lists for one kind of task, in memory; their content follows from the open executions. */
export interface TaskLists<T> {
  /** Adds a task to the list `name` of `domain`; the returned function removes it. */
  offer(domain: string, name: string, priority: number, task: T): () => void
  /** The next task to hand out: the oldest of the highest priority. */
  first(domain: string, name: string): T | undefined
  count(domain: string, name: string): number
  /** Waits for a task. `take` receives it and removes it from the list by starting it at once; the returned function stops waiting. */
  wait(domain: string, name: string, take: (task: T) => void): () => void
  /** Hands tasks to waiting pollers, one each, while there are both. */
  serve(domain: string, name: string): void
}

interface TaskList<T> {
  /** By priority; a Set preserves the order of insertion. */
  readonly tasks: Map<number, Set<T>>
  readonly waiting: Set<(task: T) => void>
}

export function createTaskLists<T extends object>(): TaskLists<T> {
  const lists = new Map<string, TaskList<T>>()
  const keyOf = (domain: string, name: string) => `${domain}\n${name}`

  function listFor(key: string): TaskList<T> {
    const list = lists.get(key) ?? { tasks: new Map(), waiting: new Set() }
    lists.set(key, list)
    return list
  }
  function forgetIfEmpty(key: string, list: TaskList<T>): void {
    if (list.tasks.size === 0 && list.waiting.size === 0 && lists.get(key) === list) lists.delete(key)
  }

  return {
    offer(domain, name, priority, task) {
      const key = keyOf(domain, name)
      const list = listFor(key)
      const same = list.tasks.get(priority) ?? new Set()
      list.tasks.set(priority, same.add(task))
      return () => {
        same.delete(task)
        if (same.size === 0 && list.tasks.get(priority) === same) list.tasks.delete(priority)
        forgetIfEmpty(key, list)
      }
    },
    first: (domain, name) => firstOf(lists.get(keyOf(domain, name))),
    count(domain, name) {
      const tasks = lists.get(keyOf(domain, name))?.tasks.values() ?? []
      return [...tasks].reduce((sum, same) => sum + same.size, 0)
    },
    wait(domain, name, take) {
      const key = keyOf(domain, name)
      const list = listFor(key)
      list.waiting.add(take)
      return () => {
        list.waiting.delete(take)
        forgetIfEmpty(key, list)
      }
    },
    serve(domain, name) {
      const list = lists.get(keyOf(domain, name))
      for (const take of list?.waiting ?? []) {
        const task = firstOf(list)
        if (task === undefined) return
        list?.waiting.delete(take)
        take(task)
      }
    },
  }
}

function firstOf<T>(list: TaskList<T> | undefined): T | undefined {
  if (list === undefined || list.tasks.size === 0) return undefined
  return list.tasks
    .get(Math.max(...list.tasks.keys()))
    ?.values()
    .next().value
}
