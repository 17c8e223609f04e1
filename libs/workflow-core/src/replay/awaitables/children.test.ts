import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from '../../declare/activity.ts'
import { decide } from '../decide.ts'
import { ChildFailure } from '../../values/errors.ts'
import { tell } from '../../testing/internal/history-builder.ts'
import { workflow } from '../../declare/workflow.ts'

/** What reaches beyond one run of one execution: children, signals to others, a new run; and values kept in the history. */

const copy = activity({
  name: 'Copy',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { run: '1m' },
  retry: { attempts: 1, first: '1s', factor: 1, longest: '1s' },
})
const child = workflow(
  { name: 'Child', version: '3', input: Type.String(), output: Type.Integer(), timeout: '1d', uses: {} },
  async (_, text) => text.length,
)
const declared = { name: 'Parent', version: '1', input: Type.Void(), timeout: '7d', uses: { copy, child } } as const
const options = { execution: { workflowId: 'p', runId: 'r' } }

describe('a child', () => {
  test('is started as its declaration says, on the list of its parent, and gives its output', async () => {
    const parent = workflow(declared, (ctx) => ctx.child('abc', { key: 'a', whenParentEnds: 'abandon', tags: ['t'] }))
    const story = tell(parent, undefined, options)
    expect(await story.decides()).toEqual(['child p.Child.a'])
    expect(story.events.at(-1)?.startChildWorkflowExecutionInitiatedEventAttributes).toMatchObject({
      workflowType: { name: 'Child', version: '3' },
      input: '"abc"',
      taskList: { name: 'decisions' },
      executionStartToCloseTimeout: '86400',
      taskStartToCloseTimeout: '30',
      childPolicy: 'ABANDON',
      tagList: ['t'],
    })
    story.childCompleted('p.Child.a', 3)
    expect(await story.decides()).toEqual(['complete 3'])
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
    const story = tell(parent)
    await story.decides()
    story.childFailed('c', 'Copy failed for good')
    expect(await story.decides()).toEqual(['complete ["Child","c","failed","Copy failed for good"]'])
  })

  test('that SWF does not start is a failure too', async () => {
    const story = tell(workflow(declared, (ctx) => ctx.child('abc', { workflowId: 'c' })))
    await story.decides()
    const asked = story.events.pop()?.startChildWorkflowExecutionInitiatedEventAttributes
    story.add({
      eventType: 'StartChildWorkflowExecutionFailed',
      startChildWorkflowExecutionFailedEventAttributes: {
        workflowType: asked?.workflowType,
        cause: 'WORKFLOW_ALREADY_RUNNING',
        workflowId: 'c',
        initiatedEventId: 0,
        decisionTaskCompletedEventId: asked?.decisionTaskCompletedEventId,
      },
    })
    expect(await story.decides()).toEqual(['fail ChildFailure: Child c refused: WORKFLOW_ALREADY_RUNNING'])
  })
})

test('a signal to another execution says whether it arrived', async () => {
  const told = workflow(declared, async (ctx) => [
    await ctx.signalTo('other', 'ended', { run: 1 }),
    await ctx.signalTo('other', 'ended', { run: 2 }, { key: 'again' }),
  ])
  const story = tell(told)
  expect(await story.decides()).toEqual(['signal ended to other {"run":1}'])
  story.signalSent(true)
  expect(await story.decides()).toEqual(['signal ended to other {"run":2}'])
  story.signalSent(false)
  expect(await story.decides()).toEqual(['complete [true,false]'])
})

describe('a local value', () => {
  test('is made once and read in every replay', async () => {
    let made = 0
    const kept = workflow(declared, async (ctx) => {
      const first = ctx.local('first', Type.Integer(), () => (made += 1))
      await ctx.copy()
      return [first, ctx.local('second', Type.Integer(), () => (made += 10))]
    })
    const story = tell(kept)
    expect(await story.decides()).toEqual(['marker first 1', 'activity Copy#1'])
    story.completed('Copy#1')
    expect(await story.decides()).toEqual(['marker second 11', 'complete [1,11]'])
    expect(await decide(kept, story.events)).toEqual([])
    expect(made).toBe(11)
  })

  test('that the history does not have is a mismatch', async () => {
    const story = tell(workflow(declared, (ctx) => ctx.copy()))
    await story.decides()
    story.completed('Copy#1')
    const changed = workflow(declared, async (ctx) => {
      ctx.local('new', Type.Integer(), () => 1)
      await ctx.copy()
    })
    await expect(decide(changed, story.events)).rejects.toMatchObject({
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
  const story = tell(turn, 1)
  await story.decides()
  story.completed('Copy#1')
  expect(await story.decides()).toEqual(['continue as new 2'])
  expect(await decide(turn, story.events)).toEqual([])
})

test('the log of a workflow is not repeated by its replays', async () => {
  const said: string[] = []
  const note = (_: object, message: string) => void said.push(message)
  const talking = workflow(declared, async (ctx) => {
    ctx.log.info({}, 'before')
    await ctx.copy()
    ctx.log.info({}, 'after')
  })
  const story = tell(talking, undefined, { log: { debug: note, info: note, warn: note, error: note } })
  await story.decides()
  await story.decides()
  story.completed('Copy#1')
  await story.decides()
  expect(said).toEqual(['before', 'after'])
})
