import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { createExecutionCache } from './execution-cache.ts'
import { summarize } from '../testing/internal/decision-events.ts'
import { buildHistory, type HistoryBuilder } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** The execution cache; random-histories.test checks that its decisions equal those of a whole replay. */

const naps = workflow({ name: 'Naps', version: '1', input: Type.Void(), timeout: '1d', uses: {} }, async (ctx) => {
  for (let key = 1; key <= 9; key += 1) await ctx.sleep('1s', { key: `${key}` })
})

/** Decides as a decider does; returns the decisions and whether the whole history was read. */
async function decided(
  cache: ReturnType<typeof createExecutionCache>,
  runId: string,
  { events }: HistoryBuilder,
  newest: number,
) {
  let read = false
  const readHistory = async () => {
    read = true
    return [...events]
  }
  const decisions = await cache.decide(naps, runId, { events: events.slice(newest), readHistory }, {})
  return { decisions: decisions.map(summarize), read }
}

/** Builds a history in which the first nap has started; each call ends the current one and starts a decision task. */
async function napping(): Promise<{ history: HistoryBuilder; wakes: (key: string) => Promise<void> }> {
  const history = buildHistory(naps)
  history.add({ eventType: 'DecisionTaskScheduled' })
  history.add({ eventType: 'DecisionTaskStarted' })
  return {
    history,
    wakes: async (key) => {
      const startedEventId = history.events.length
      const decisionTaskCompletedEventId = history.add({
        eventType: 'DecisionTaskCompleted',
        decisionTaskCompletedEventAttributes: { startedEventId, scheduledEventId: startedEventId - 1 },
      })
      const timer = { timerId: `sleep.${key}`, startToFireTimeout: '1', decisionTaskCompletedEventId }
      history.add({ eventType: 'TimerStarted', timerStartedEventAttributes: timer })
      history.fired(`sleep.${key}`)
      history.add({ eventType: 'DecisionTaskScheduled' })
      history.add({ eventType: 'DecisionTaskStarted' })
    },
  }
}

test('a history is read completely once, and then advanced', async () => {
  const cache = createExecutionCache(10)
  const { history, wakes } = await napping()
  expect(await decided(cache, 'a', history, 0)).toEqual({ decisions: ['timer sleep.1 1s'], read: true })
  await wakes('1')
  expect(await decided(cache, 'a', history, 2)).toEqual({ decisions: ['timer sleep.2 1s'], read: false })
  await wakes('2')
  expect(await decided(cache, 'a', history, 0)).toEqual({ decisions: ['timer sleep.3 1s'], read: false })
})

test('a decision that somebody else took makes it read the whole history again', async () => {
  const cache = createExecutionCache(10)
  const { history, wakes } = await napping()
  await decided(cache, 'a', history, 0)
  await wakes('1')
  await wakes('2')
  expect(await decided(cache, 'a', history, 7)).toEqual({ decisions: ['timer sleep.3 1s'], read: true })
})

test('the execution that was least recently decided is evicted', async () => {
  const cache = createExecutionCache(2)
  const naps3 = await Promise.all(Array.from({ length: 3 }, napping))
  for (const [at, { history }] of naps3.entries()) await decided(cache, `${at}`, history, 0)
  const reads: boolean[] = []
  for (const [at, { history, wakes }] of naps3.entries()) {
    await wakes('1')
    if (at > 0) reads.push((await decided(cache, `${at}`, history, 3)).read)
  }
  const [first] = naps3
  if (first !== undefined) reads.push((await decided(cache, '0', first.history, 3)).read)
  expect(reads).toEqual([false, false, true])
})

test('an execution whose decision failed is no longer cached', async () => {
  const cache = createExecutionCache(10)
  const { history, wakes } = await napping()
  await decided(cache, 'a', history, 0)
  await wakes('other')
  await expect(decided(cache, 'a', history, 3)).rejects.toThrow('the history has timer sleep.other, the code has timer')
  await expect(decided(cache, 'a', history, 3)).rejects.toThrow('decision 1 ')
})
