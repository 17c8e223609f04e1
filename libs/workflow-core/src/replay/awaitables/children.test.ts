import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from '../../declare/activity.ts'
import { decide } from '../decide.ts'
import { ChildFailure } from '../../values/errors.ts'
import { buildHistory } from '../../testing/internal/history-builder.ts'
import { workflow } from '../../declare/workflow.ts'

/** Children, external signals, continue-as-new, side effects and logging. */

const copy = activity({
  name: 'Copy',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { startToClose: '1m' },
  retry: { maxAttempts: 1, initialInterval: '1s', backoffCoefficient: 1, maxInterval: '1s' },
})
const child = workflow(
  { name: 'Child', version: '3', input: Type.String(), output: Type.Integer(), timeout: '1d', uses: {} },
  async (_, text) => text.length,
)
const declared = { name: 'Parent', version: '1', input: Type.Void(), timeout: '7d', uses: { copy, child } } as const
const options = { execution: { workflowId: 'p', runId: 'r' } }

describe('a child', () => {
  test('is started as its declaration says, on the list of its parent, and gives its output', async () => {
    const parent = workflow(declared, (ctx) => ctx.child('abc', { key: 'a', childPolicy: 'abandon', tags: ['t'] }))
    const history = buildHistory(parent, undefined, options)
    expect(await history.decide()).toEqual(['child p.Child.a'])
    expect(history.events.at(-1)?.startChildWorkflowExecutionInitiatedEventAttributes).toMatchObject({
      workflowType: { name: 'Child', version: '3' },
      input: '"abc"',
      taskList: { name: 'decisions' },
      executionStartToCloseTimeout: '86400',
      taskStartToCloseTimeout: '30',
      childPolicy: 'ABANDON',
      tagList: ['t'],
    })
    history.childCompleted('p.Child.a', 3)
    expect(await history.decide()).toEqual(['complete 3'])
  })

  test('that fails can be caught and read', async () => {
    const parent = workflow(declared, async (ctx) => {
      try {
        return await ctx.child('abc', { workflowId: 'c' })
      } catch (error) {
        if (!(error instanceof ChildFailure)) throw error
        return [error.workflow, error.workflowId, error.how, error.reason]
      }
    })
    const history = buildHistory(parent)
    await history.decide()
    history.childFailed('c', 'Copy failed for good')
    expect(await history.decide()).toEqual(['complete ["Child","c","failed","Copy failed for good"]'])
  })

  test('that SWF does not start is a failure too', async () => {
    const history = buildHistory(workflow(declared, (ctx) => ctx.child('abc', { workflowId: 'c' })))
    await history.decide()
    const asked = history.events.pop()?.startChildWorkflowExecutionInitiatedEventAttributes
    history.add({
      eventType: 'StartChildWorkflowExecutionFailed',
      startChildWorkflowExecutionFailedEventAttributes: {
        workflowType: asked?.workflowType,
        cause: 'WORKFLOW_ALREADY_RUNNING',
        workflowId: 'c',
        initiatedEventId: 0,
        decisionTaskCompletedEventId: asked?.decisionTaskCompletedEventId,
      },
    })
    expect(await history.decide()).toEqual(['fail ChildFailure: Child c refused: WORKFLOW_ALREADY_RUNNING'])
  })
})

test('a signal to another execution says whether it arrived', async () => {
  const told = workflow(declared, async (ctx) => [
    await ctx.signalTo('other', 'ended', { run: 1 }),
    await ctx.signalTo('other', 'ended', { run: 2 }, { key: 'again' }),
  ])
  const history = buildHistory(told)
  expect(await history.decide()).toEqual(['signal ended to other {"run":1}'])
  history.signalSent(true)
  expect(await history.decide()).toEqual(['signal ended to other {"run":2}'])
  history.signalSent(false)
  expect(await history.decide()).toEqual(['complete [true,false]'])
})

describe('a side effect', () => {
  test('is made once and read in every replay', async () => {
    let made = 0
    const kept = workflow(declared, async (ctx) => {
      const first = ctx.sideEffect('first', Type.Integer(), () => (made += 1))
      await ctx.copy()
      return [first, ctx.sideEffect('second', Type.Integer(), () => (made += 10))]
    })
    const history = buildHistory(kept)
    expect(await history.decide()).toEqual(['marker first 1', 'activity Copy#1'])
    history.completed('Copy#1')
    expect(await history.decide()).toEqual(['marker second 11', 'complete [1,11]'])
    expect(await decide(kept, history.events)).toEqual([])
    expect(made).toBe(11)
  })

  test('that the history does not have is a mismatch', async () => {
    const history = buildHistory(workflow(declared, (ctx) => ctx.copy()))
    await history.decide()
    history.completed('Copy#1')
    const changed = workflow(declared, async (ctx) => {
      ctx.sideEffect('new', Type.Integer(), () => 1)
      await ctx.copy()
    })
    await expect(decide(changed, history.events)).rejects.toMatchObject({
      expected: 'activity Copy#1',
      found: 'marker new',
    })
  })
})

test('a run can go on as a new one, with the settings it was started with', async () => {
  const turn = workflow({ ...declared, input: Type.Integer() }, async (ctx, turns) => {
    await ctx.copy()
    if (turns < 2) return ctx.continueAsNew(turns + 1)
    return turns
  })
  const history = buildHistory(turn, 1)
  await history.decide()
  history.completed('Copy#1')
  expect(await history.decide()).toEqual(['continue as new 2'])
  expect(await decide(turn, history.events)).toEqual([])
})

test('the log of a workflow is not repeated by its replays', async () => {
  const said: string[] = []
  const note = (_: object, message: string) => void said.push(message)
  const talking = workflow(declared, async (ctx) => {
    ctx.log.info({}, 'before')
    await ctx.copy()
    ctx.log.info({}, 'after')
  })
  const history = buildHistory(talking, undefined, { log: { debug: note, info: note, warn: note, error: note } })
  await history.decide()
  await history.decide()
  history.completed('Copy#1')
  await history.decide()
  expect(said).toEqual(['before', 'after'])
})
