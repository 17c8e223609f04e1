import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { createHotExecutions } from './execution-cache.ts'
import { inShort } from '../testing/internal/decision-events.ts'
import { tell, type Story } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** When a whole history is read, and when not; that both decide the same is in random.test. */

const naps = workflow({ name: 'Naps', version: '1', input: Type.Void(), timeout: '1d', uses: {} }, async (ctx) => {
  for (let key = 1; key <= 9; key += 1) await ctx.sleep('1s', { key: `${key}` })
})

/** Decides for a story as a decider would; gives the decisions and whether the whole history was read. */
async function decided(hot: ReturnType<typeof createHotExecutions>, runId: string, { events }: Story, newest: number) {
  let read = false
  const whole = async () => {
    read = true
    return [...events]
  }
  const decisions = await hot.decide(naps, runId, { events: events.slice(newest), whole }, {})
  return { decisions: decisions.map(inShort), read }
}

/** A story whose first nap begins; then, at each call, the one that lasts ends and a decision is asked for. */
async function napping(): Promise<{ story: Story; wakes: (key: string) => Promise<void> }> {
  const story = tell(naps)
  story.add({ eventType: 'DecisionTaskScheduled' })
  story.add({ eventType: 'DecisionTaskStarted' })
  return {
    story,
    wakes: async (key) => {
      const startedEventId = story.events.length
      const decisionTaskCompletedEventId = story.add({
        eventType: 'DecisionTaskCompleted',
        decisionTaskCompletedEventAttributes: { startedEventId, scheduledEventId: startedEventId - 1 },
      })
      const timer = { timerId: `sleep.${key}`, startToFireTimeout: '1', decisionTaskCompletedEventId }
      story.add({ eventType: 'TimerStarted', timerStartedEventAttributes: timer })
      story.fired(`sleep.${key}`)
      story.add({ eventType: 'DecisionTaskScheduled' })
      story.add({ eventType: 'DecisionTaskStarted' })
    },
  }
}

test('a history is read whole once, and then carried on from', async () => {
  const hot = createHotExecutions(10)
  const { story, wakes } = await napping()
  expect(await decided(hot, 'a', story, 0)).toEqual({ decisions: ['timer sleep.1 1s'], read: true })
  await wakes('1')
  expect(await decided(hot, 'a', story, 2)).toEqual({ decisions: ['timer sleep.2 1s'], read: false })
  await wakes('2')
  expect(await decided(hot, 'a', story, 0)).toEqual({ decisions: ['timer sleep.3 1s'], read: false })
})

test('a decision that somebody else took makes it read the whole again', async () => {
  const hot = createHotExecutions(10)
  const { story, wakes } = await napping()
  await decided(hot, 'a', story, 0)
  await wakes('1')
  await wakes('2')
  expect(await decided(hot, 'a', story, 7)).toEqual({ decisions: ['timer sleep.3 1s'], read: true })
})

test('the execution that was decided for longest ago is let go', async () => {
  const hot = createHotExecutions(2)
  const naps3 = await Promise.all(Array.from({ length: 3 }, napping))
  for (const [at, { story }] of naps3.entries()) await decided(hot, `${at}`, story, 0)
  const reads: boolean[] = []
  for (const [at, { story, wakes }] of naps3.entries()) {
    await wakes('1')
    if (at > 0) reads.push((await decided(hot, `${at}`, story, 3)).read)
  }
  const [first] = naps3
  if (first !== undefined) reads.push((await decided(hot, '0', first.story, 3)).read)
  expect(reads).toEqual([false, false, true])
})

test('what a wrong record made fail is not carried on', async () => {
  const hot = createHotExecutions(10)
  const { story, wakes } = await napping()
  await decided(hot, 'a', story, 0)
  await wakes('other')
  await expect(decided(hot, 'a', story, 3)).rejects.toThrow('recorded timer sleep.other, the code now asks for timer')
  await expect(decided(hot, 'a', story, 3)).rejects.toThrow('decision 1 ')
})
