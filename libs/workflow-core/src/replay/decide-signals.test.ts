import { describe, expect, test } from 'vitest'
import { declared, signals } from '../testing/internal/counting.fixture.ts'
import { buildHistory, type HistoryBuilder } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** `decide` on histories built by hand: signals and time. */

describe('a signal', () => {
  const approval = workflow({ ...declared, signals }, async (ctx) => {
    await ctx.tidy()
    return (await ctx.signal('approved', { timeout: '7d' }))?.by ?? 'nobody'
  })
  const awaited = async (): Promise<HistoryBuilder> => {
    const history = buildHistory(approval)
    await history.decide()
    history.completed('Tidy#1')
    expect(await history.decide()).toEqual(['timer signal.approved#1 604800s'])
    return history
  }

  test('ends its wait and the timer of its time-out', async () => {
    const history = await awaited()
    history.signaled('approved', { by: 'Ada' })
    expect(await history.decide()).toEqual(['complete "Ada"'])
  })

  test('that comes before anybody waits is kept', async () => {
    const history = buildHistory(approval)
    history.signaled('approved', { by: 'Ada' })
    expect(await history.decide()).toEqual(['activity Tidy#1'])
    history.completed('Tidy#1')
    expect(await history.decide()).toEqual(['complete "Ada"'])
  })

  test('that does not come in time is undefined', async () => {
    const history = await awaited()
    history.fired('signal.approved#1')
    expect(await history.decide()).toEqual(['complete "nobody"'])
  })

  test('that does not fit its schema, or is not declared, is dropped with a warning, once', async () => {
    const warned: object[] = []
    const note = (fields: object) => void warned.push(fields)
    const history = buildHistory(approval, undefined, { log: { debug: note, info: note, warn: note, error: note } })
    history.signaled('approved', { by: 1 })
    history.signaled('rejected')
    expect(await history.decide()).toEqual(['activity Tidy#1'])
    history.completed('Tidy#1')
    await history.decide()
    expect(warned).toEqual([expect.objectContaining({ signal: 'approved' }), { signal: 'rejected' }])
  })

  test('ends one wait at a time, in order', async () => {
    const twice = workflow({ ...declared, signals }, async (ctx) => {
      const first = await ctx.signal('approved', { timeout: '1h' })
      const second = await ctx.signal('approved', { timeout: '1h' })
      await ctx.tidy()
      return [first?.by, second?.by]
    })
    const history = buildHistory(twice)
    await history.decide()
    history.signaled('approved', { by: 'Ada' })
    expect(await history.decide()).toEqual(['cancel timer signal.approved#1', 'timer signal.approved#2 3600s'])
    history.signaled('approved', { by: 'Bob' })
    expect(await history.decide()).toEqual(['cancel timer signal.approved#2', 'activity Tidy#1'])
    history.completed('Tidy#1')
    expect(await history.decide()).toEqual(['complete ["Ada","Bob"]'])
  })
})

describe('time and identity', () => {
  test('are those of the decision, in every replay', async () => {
    const seen: string[][] = []
    const watch = workflow(declared, async (ctx) => {
      const before = [ctx.now().toString(), ctx.uuid()]
      await ctx.sleep('10s')
      seen.push([...before, ctx.now().toString(), ctx.uuid(), ctx.execution.workflowId])
      await ctx.sleep('1m', { key: 'again' })
    })
    const history = buildHistory(watch, undefined, { execution: { workflowId: 'w', runId: 'r' } })
    expect(await history.decide()).toEqual(['timer sleep 10s'])
    history.later(10_000)
    history.fired('sleep')
    history.later(500)
    expect(await history.decide()).toEqual(['timer sleep.again 60s'])
    history.later(60_000)
    history.fired('sleep.again')
    expect(await history.decide()).toEqual(['complete'])
    const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(seen[0]).toEqual(['2026-01-01T00:00:00Z', uuid, '2026-01-01T00:00:10.5Z', uuid, 'w'])
    expect(new Set(seen.map(String)).size).toBe(1)
    expect(seen[0]?.[1]).not.toBe(seen[0]?.[3])
  })
})

test('time never goes back, whatever the events say', async () => {
  const watch = workflow(declared, async (ctx) => {
    const before = ctx.now()
    await ctx.tidy()
    return Temporal.Instant.compare(before, ctx.now())
  })
  const history = buildHistory(watch)
  await history.decide()
  history.later(-5_000)
  history.completed('Tidy#1')
  expect(await history.decide()).toEqual(['complete 0'])
})
