import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { declared, signals } from '../testing/internal/counting.fixture.ts'
import { decide } from './decide.ts'
import { NonDeterminismError, StuckWorkflowError } from '../values/errors.ts'
import { summarize } from '../testing/internal/decision-events.ts'
import { buildHistory, type HistoryBuilder } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** `decide` on histories built by hand: closing, and replays that do not match. */

describe('the end', () => {
  test('makes all that comes later irrelevant', async () => {
    const race = workflow(declared, (ctx) => Promise.race([ctx.tidy(), ctx.count({ words: [] })]).then(() => 'won'))
    const history = buildHistory(race)
    await history.decide()
    history.completed('Tidy#1')
    history.completed('Count#1', 'no such output')
    expect(await history.decide()).toEqual(['complete "won"'])
  })

  test('comes again when SWF refused it because something had happened', async () => {
    const one = workflow({ ...declared, signals }, (ctx) => ctx.tidy())
    const history = buildHistory(one)
    await history.decide()
    history.completed('Tidy#1')
    await history.decide()
    const end = history.events.pop()?.workflowExecutionCompletedEventAttributes
    history.add({
      eventType: 'CompleteWorkflowExecutionFailed',
      completeWorkflowExecutionFailedEventAttributes: {
        cause: 'UNHANDLED_DECISION',
        decisionTaskCompletedEventId: end?.decisionTaskCompletedEventId,
      },
    })
    history.signaled('approved', { by: 'Ada' })
    expect(await history.decide()).toEqual(['complete'])
  })

  test('is a failure that names the error and the line, when the workflow itself throws', async () => {
    const broken = workflow(declared, async () => {
      throw new RangeError('no such volume')
    })
    const history = buildHistory(broken)
    expect(await history.decide()).toEqual(['fail RangeError: no such volume'])
    expect(history.events.at(-1)?.workflowExecutionFailedEventAttributes?.details).toContain('decide-end.test.ts')
  })

  test('is a failure when the input does not fit', async () => {
    const typed = workflow({ ...declared, input: Type.Object({ id: Type.String() }) }, async () => {})
    expect(await buildHistory(typed, { id: 3 }).decide()).toEqual([
      'fail InvalidPayloadError: Input of Example does not fit its schema: /id must be string.',
    ])
  })
})

async function recorded(): Promise<HistoryBuilder> {
  const history = buildHistory(workflow(declared, (ctx) => ctx.count({ words: [] }, { key: 'fig1' })))
  await history.decide()
  history.completed('Count.fig1#1', { total: 1 })
  return history
}

describe('a replay that does not match', () => {
  test('names the step that was expected and the one that was found', async () => {
    const history = await recorded()
    const changed = workflow(declared, (ctx) => ctx.tidy())
    const failure = await decide(changed, history.events).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(NonDeterminismError)
    expect(failure).toMatchObject({ expected: 'activity Count.fig1#1', found: 'activity Tidy#1' })
    expect(String(failure)).toContain(
      'NonDeterminismError: Example 1, decision 1 (events up to 3): the history has activity Count.fig1#1, the code has activity Tidy#1.',
    )
  })

  test('is one also when the code ends where the history went on', async () => {
    const history = await recorded()
    await expect(
      decide(
        workflow(declared, async () => {}),
        history.events,
      ),
    ).rejects.toMatchObject({
      expected: 'activity Count.fig1#1',
      found: 'completion',
    })
  })

  test('is none when only later steps changed, or the order within a decision', async () => {
    const history = buildHistory(
      workflow(declared, async (ctx) => {
        await Promise.all([ctx.tidy(), ctx.count({ words: [] })])
      }),
    )
    await history.decide()
    history.completed('Tidy#1')
    await history.decide()
    history.completed('Count#1', { total: 1 })
    const changed = workflow(declared, async (ctx) => {
      await Promise.all([ctx.count({ words: [] }), ctx.tidy()])
      await ctx.count({ words: ['new'] }, { key: 'new' })
    })
    expect((await decide(changed, history.events)).map(summarize)).toEqual(['activity Count.new#1'])
  })

  test('waits for nothing of its own, and says so', async () => {
    const foreign = workflow(declared, async () => {
      await new Promise(() => {})
    })
    await expect(buildHistory(foreign).decide()).rejects.toThrow(StuckWorkflowError)
  })
})

describe('what came while a decision was taken', () => {
  test('belongs to the next one, and a decision that timed out leaves nothing', async () => {
    const two = workflow(declared, async (ctx) => {
      const { total } = await ctx.count({ words: [] })
      return [total, ctx.now().toString()]
    })
    const history = buildHistory(two)
    await history.decide()
    const scheduledEventId = history.add({
      eventType: 'DecisionTaskScheduled',
      decisionTaskScheduledEventAttributes: { taskList: undefined },
    })
    const startedEventId = history.add({
      eventType: 'DecisionTaskStarted',
      decisionTaskStartedEventAttributes: { scheduledEventId },
    })
    history.completed('Count#1', { total: 4 })
    history.add({
      eventType: 'DecisionTaskTimedOut',
      decisionTaskTimedOutEventAttributes: { timeoutType: 'START_TO_CLOSE', scheduledEventId, startedEventId },
    })
    history.later(30_000)
    expect(await history.decide()).toEqual(['complete [4,"2026-01-01T00:00:30Z"]'])
    expect(await decide(two, history.events)).toEqual([])
  })
})
