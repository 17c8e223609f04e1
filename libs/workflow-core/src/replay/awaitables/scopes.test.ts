import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from '../../declare/activity.ts'
import { decide } from '../decide.ts'
import { CancelledFailure } from '../../values/errors.ts'
import { buildHistory } from '../../testing/internal/history-builder.ts'
import { workflow } from '../../declare/workflow.ts'

/** Cancellation: of an execution, and of steps that belong together. */

const retry = { maxAttempts: 3, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '15s' } as const
const copy = activity({
  name: 'Copy',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { startToClose: '1m' },
  retry,
})
const tidy = activity({ ...copy, name: 'Tidy' })
const nested = workflow({ name: 'Nested', version: '1', input: Type.Void(), timeout: '1d', uses: {} }, async () => {})
const declared = {
  name: 'Example',
  version: '1',
  input: Type.Void(),
  timeout: '7d',
  uses: { copy, tidy, nested },
} as const
const signals = { approved: Type.Void() }

describe('a cancelled execution', () => {
  test('asks the activity under way to stop, cleans up, and ends as cancelled', async () => {
    const careful = workflow(declared, async (ctx) => {
      try {
        await ctx.copy()
      } finally {
        await ctx.nonCancellable(() => ctx.tidy())
      }
    })
    const history = buildHistory(careful)
    await history.decide()
    history.cancelRequested()
    expect(await history.decide()).toEqual(['cancel activity Copy#1'])
    history.canceled('Copy#1')
    expect(await history.decide()).toEqual(['activity Tidy#1'])
    history.completed('Tidy#1')
    expect(await history.decide()).toEqual(['cancel'])
    expect(await decide(careful, history.events)).toEqual([])
  })

  test('takes what an activity had done before it could stop', async () => {
    const one = workflow(declared, (ctx) => ctx.copy())
    const history = buildHistory(one)
    await history.decide()
    history.cancelRequested()
    await history.decide()
    history.completed('Copy#1')
    expect(await history.decide()).toEqual(['complete'])
  })

  test('tries nothing again', async () => {
    const one = workflow(declared, (ctx) => ctx.copy())
    const history = buildHistory(one)
    await history.decide()
    history.cancelRequested()
    await history.decide()
    history.failed('Copy#1', new Error('cut short'))
    expect(await history.decide()).toEqual(['cancel'])
  })

  test('does not wait for a timer, a retry or a signal', async () => {
    const waiting = workflow({ ...declared, signals }, async (ctx) => {
      const outcomes = await Promise.allSettled([
        ctx.copy(),
        ctx.sleep('1h'),
        ctx.signal('approved', { timeout: '1h' }),
      ])
      await ctx.nonCancellable(() => ctx.tidy())
      return outcomes.map((each) => each.status === 'rejected' && each.reason instanceof CancelledFailure)
    })
    const history = buildHistory(waiting)
    await history.decide()
    history.failed('Copy#1', new Error('busy'))
    await history.decide()
    history.cancelRequested()
    expect(await history.decide()).toEqual([
      'cancel timer retry.Copy#2',
      'cancel timer sleep',
      'cancel timer signal.approved#1',
      'activity Tidy#1',
    ])
    history.completed('Tidy#1')
    expect(await history.decide()).toEqual(['complete [true,true,true]'])
  })

  test('asks its child to end, and ends with it', async () => {
    const parent = workflow(declared, (ctx) => ctx.nested(undefined, { workflowId: 'n' }))
    const history = buildHistory(parent)
    expect(await history.decide()).toEqual(['child n'])
    history.cancelRequested()
    expect(await history.decide()).toEqual(['cancel child n'])
    history.childCanceled('n')
    expect(await history.decide()).toEqual(['cancel'])
  })

  test('leaves alone what has ended, reaches what waits in a scope, and begins nothing more', async () => {
    const begun: string[] = []
    const late = workflow(declared, async (ctx) => {
      await ctx.copy()
      const scope = ctx.scope(() => ctx.tidy())
      try {
        await scope.result
      } finally {
        begun.push(await ctx.sleep('1h').then(String, String))
      }
    })
    const history = buildHistory(late)
    await history.decide()
    history.completed('Copy#1')
    expect(await history.decide()).toEqual(['activity Tidy#1'])
    history.cancelRequested()
    expect(await history.decide()).toEqual(['cancel activity Tidy#1'])
    history.canceled('Tidy#1')
    expect(await history.decide()).toEqual(['cancel'])
    expect(begun).toEqual(['CancelledFailure: The scope was cancelled.'])
  })

  test('before its first decision begins nothing', async () => {
    const history = buildHistory(workflow(declared, (ctx) => ctx.copy()))
    history.cancelRequested()
    expect(await history.decide()).toEqual(['cancel'])
  })
})

describe('a scope', () => {
  test('is cancelled as one, and the rest goes on', async () => {
    const race = workflow({ ...declared, signals }, async (ctx) => {
      const waiting = ctx.scope(() => Promise.race([ctx.signal('approved'), ctx.sleep('1h')]))
      await ctx.copy()
      waiting.cancel()
      const [outcome] = await Promise.allSettled([waiting.result])
      await ctx.tidy()
      return outcome.status
    })
    const history = buildHistory(race)
    expect(await history.decide()).toEqual(['timer sleep 3600s', 'activity Copy#1'])
    history.completed('Copy#1')
    expect(await history.decide()).toEqual(['cancel timer sleep', 'activity Tidy#1'])
    history.completed('Tidy#1')
    expect(await history.decide()).toEqual(['complete "rejected"'])
  })

  test('asks nothing of SWF for what it had not sent yet', async () => {
    const hasty = workflow(declared, async (ctx) => {
      const both = ctx.scope(() => Promise.allSettled([ctx.copy(), ctx.sleep('1h'), ctx.nested()]))
      both.cancel()
      const outcomes = await both.result
      await ctx.copy(undefined, { key: 'next' })
      return outcomes.map(({ status }) => status)
    })
    const history = buildHistory(hasty)
    expect(await history.decide()).toEqual(['activity Copy.next#1'])
    history.completed('Copy.next#1')
    expect(await history.decide()).toEqual(['complete ["rejected","rejected","rejected"]'])
  })
})
