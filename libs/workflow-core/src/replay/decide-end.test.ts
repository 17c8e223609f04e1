import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { declared, signals } from '../testing/internal/counting.fixture.ts'
import { decide } from './decide.ts'
import { NonDeterminism, WaitsForNothing } from '../values/errors.ts'
import { inShort } from '../testing/internal/decision-events.ts'
import { tell, type Story } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** What workflow code may do, decision by decision, on histories written by hand: how it ends, and what stops it. The loops have tests of their own. */

describe('the end', () => {
  test('makes all that comes later irrelevant', async () => {
    const race = workflow(declared, (ctx) => Promise.race([ctx.tidy(), ctx.count({ words: [] })]).then(() => 'won'))
    const story = tell(race)
    await story.decides()
    story.completed('Tidy#1')
    story.completed('Count#1', 'no such output')
    expect(await story.decides()).toEqual(['complete "won"'])
  })

  test('comes again when SWF refused it because something had happened', async () => {
    const one = workflow({ ...declared, signals }, (ctx) => ctx.tidy())
    const story = tell(one)
    await story.decides()
    story.completed('Tidy#1')
    await story.decides()
    const end = story.events.pop()?.workflowExecutionCompletedEventAttributes
    story.add({
      eventType: 'CompleteWorkflowExecutionFailed',
      completeWorkflowExecutionFailedEventAttributes: {
        cause: 'UNHANDLED_DECISION',
        decisionTaskCompletedEventId: end?.decisionTaskCompletedEventId,
      },
    })
    story.signaled('approved', { by: 'Ada' })
    expect(await story.decides()).toEqual(['complete'])
  })

  test('is a failure that names the error and the line, when the workflow itself throws', async () => {
    const broken = workflow(declared, async () => {
      throw new RangeError('no such volume')
    })
    const story = tell(broken)
    expect(await story.decides()).toEqual(['fail RangeError: no such volume'])
    expect(story.events.at(-1)?.workflowExecutionFailedEventAttributes?.details).toContain('decide-end.test.ts')
  })

  test('is a failure when the input does not fit', async () => {
    const typed = workflow({ ...declared, input: Type.Object({ id: Type.String() }) }, async () => {})
    expect(await tell(typed, { id: 3 }).decides()).toEqual([
      'fail InvalidPayload: Input of Example does not fit its schema: /id must be string.',
    ])
  })
})

async function recorded(): Promise<Story> {
  const story = tell(workflow(declared, (ctx) => ctx.count({ words: [] }, { key: 'fig1' })))
  await story.decides()
  story.completed('Count.fig1#1', { total: 1 })
  return story
}

describe('a replay that does not match', () => {
  test('names the step that was expected and the one that was found', async () => {
    const story = await recorded()
    const changed = workflow(declared, (ctx) => ctx.tidy())
    const failure = await decide(changed, story.events).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(NonDeterminism)
    expect(failure).toMatchObject({ expected: 'activity Count.fig1#1', found: 'activity Tidy#1' })
    expect(String(failure)).toContain(
      'NonDeterminism: Example 1, decision 1 (events up to 3): the history recorded activity Count.fig1#1, the code now asks for activity Tidy#1.',
    )
  })

  test('is one also when the code ends where the history went on', async () => {
    const story = await recorded()
    await expect(
      decide(
        workflow(declared, async () => {}),
        story.events,
      ),
    ).rejects.toMatchObject({
      expected: 'activity Count.fig1#1',
      found: 'completion',
    })
  })

  test('is none when only later steps changed, or the order within a decision', async () => {
    const story = tell(
      workflow(declared, async (ctx) => {
        await Promise.all([ctx.tidy(), ctx.count({ words: [] })])
      }),
    )
    await story.decides()
    story.completed('Tidy#1')
    await story.decides()
    story.completed('Count#1', { total: 1 })
    const changed = workflow(declared, async (ctx) => {
      await Promise.all([ctx.count({ words: [] }), ctx.tidy()])
      await ctx.count({ words: ['new'] }, { key: 'new' })
    })
    expect((await decide(changed, story.events)).map(inShort)).toEqual(['activity Count.new#1'])
  })

  test('waits for nothing of its own, and says so', async () => {
    const foreign = workflow(declared, async () => {
      await new Promise(() => {})
    })
    await expect(tell(foreign).decides()).rejects.toThrow(WaitsForNothing)
  })
})

describe('what came while a decision was taken', () => {
  test('belongs to the next one, and a decision that timed out leaves nothing', async () => {
    const two = workflow(declared, async (ctx) => {
      const { total } = await ctx.count({ words: [] })
      return [total, ctx.now().toString()]
    })
    const story = tell(two)
    await story.decides()
    const scheduledEventId = story.add({
      eventType: 'DecisionTaskScheduled',
      decisionTaskScheduledEventAttributes: { taskList: undefined },
    })
    const startedEventId = story.add({
      eventType: 'DecisionTaskStarted',
      decisionTaskStartedEventAttributes: { scheduledEventId },
    })
    story.completed('Count#1', { total: 4 })
    story.add({
      eventType: 'DecisionTaskTimedOut',
      decisionTaskTimedOutEventAttributes: { timeoutType: 'START_TO_CLOSE', scheduledEventId, startedEventId },
    })
    story.later(30_000)
    expect(await story.decides()).toEqual(['complete [4,"2026-01-01T00:00:30Z"]'])
    expect(await decide(two, story.events)).toEqual([])
  })
})
