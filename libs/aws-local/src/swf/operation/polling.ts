import type { Swf } from './swf.ts'
import type { Engine } from '../engine/engine.ts'
import type { Task } from '../engine/pending-tasks.ts'
import type { Caller } from './operation.ts'

/**
 * Waits for the next task of a list, for at most the time that an empty poll is held; undefined if none comes. `start` removes the
 * task from the list. A client that disconnects stops waiting, so no task is lost to it.
 */
export async function nextTask<T>(
  { context, engine }: Swf,
  kind: 'decisionTasks' | 'activityTasks',
  { domain, list }: { domain: string; list: string },
  caller: Caller,
  start: (task: Task) => T,
): Promise<T | undefined> {
  const lists: Engine[typeof kind] = engine[kind]
  const task = lists.first(domain, list)
  if (task !== undefined) return start(task)
  return new Promise((resolve, reject) => {
    const leave = lists.wait(domain, list, (next) => {
      stopWaiting()
      try {
        resolve(start(next))
      } catch (error) {
        reject(error)
      }
    })
    const giveUp = () => {
      leave()
      stopWaiting()
      resolve(undefined)
    }
    const stopWaiting = context.clock.schedule(context.clock.now() + context.pollMs, giveUp)
    caller.onGone(giveUp)
  })
}
