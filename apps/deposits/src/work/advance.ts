import { implement, type Implementation } from '@continuum/workflow-core'
import { isEnd } from '../rules/state.ts'
import { readDepositsOf } from '../store/deposits.ts'
import { advanceDeposits } from '../workflows/activities.ts'
import { ask } from './ask.ts'
import { lookAt } from './look.ts'
import { send } from './send.ts'
import type { Tending, WorkTools } from './tools.ts'

/**
 * Takes the deposits of a publication for one recipient as far as they go: each is sent, or asked for, as long as something is due. What
 * one waits for may have been another of them, so all are looked at again after a change. Trouble with one does not keep the others.
 */
export function implementAdvance(tools: WorkTools): Implementation {
  return implement(advanceDeposits, async ({ articleId: article, version, run, recipient }, tending) => {
    const waits = new Map<string, number>()
    const troubles = new Map<string, unknown>()
    for (let isNews = true; isNews;) {
      isNews = false
      const ids = await readDepositsOf(tools.sql, { article, version, run, recipient })
      for (const id of ids) {
        if (troubles.has(id)) continue
        try {
          const { seconds, done } = await advance(tools, id, tending)
          if (seconds === undefined) waits.delete(id)
          else waits.set(id, seconds)
          if (done && ids.length > 1) isNews = true
        } catch (error) {
          troubles.set(id, error)
        }
      }
    }
    // Tried again as a whole: what went well has its end, or the instant of its next step, in the database.
    for (const trouble of troubles.values()) throw trouble
    return waits.size === 0 ? {} : { seconds: Math.min(...waits.values()) }
  })
}

/** Takes one deposit as far as it goes. @returns the seconds until it is looked at again, where it has not ended, and if anything was done */
async function advance(tools: WorkTools, id: string, tending: Tending): Promise<{ seconds?: number; done: boolean }> {
  for (let done = false; ; done = true) {
    tending.signal.throwIfAborted()
    const next = await lookAt(tools, id)
    // It was open a moment ago: what waits for it may go now.
    if (next.step === 'end') return { done: true }
    if (next.step === 'wait') return { seconds: next.seconds, done }
    if (next.step === 'ask') await ask(tools, id, tending)
    else {
      const state = await send(tools, id, tending)
      if (state !== undefined && isEnd(state)) return { done: true }
    }
  }
}
