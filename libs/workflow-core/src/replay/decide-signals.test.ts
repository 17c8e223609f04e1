import { describe, expect, test } from 'vitest'
import { declared, signals } from '../testing/internal/counting.fixture.ts'
import { tell, type Story } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** What workflow code may do, decision by decision, on histories written by hand: signals and time. The loops have tests of their own. */

describe('a signal', () => {
  const approval = workflow({ ...declared, signals }, async (ctx) => {
    await ctx.tidy()
    return (await ctx.signal('approved', { timeout: '7d' }))?.by ?? 'nobody'
  })
  const awaited = async (): Promise<Story> => {
    const story = tell(approval)
    await story.decides()
    story.completed('Tidy#1')
    expect(await story.decides()).toEqual(['timer signal.approved#1 604800s'])
    return story
  }

  test('ends its wait and the timer of its time-out', async () => {
    const story = await awaited()
    story.signaled('approved', { by: 'Ada' })
    expect(await story.decides()).toEqual(['complete "Ada"'])
  })

  test('that comes before anybody waits is kept', async () => {
    const story = tell(approval)
    story.signaled('approved', { by: 'Ada' })
    expect(await story.decides()).toEqual(['activity Tidy#1'])
    story.completed('Tidy#1')
    expect(await story.decides()).toEqual(['complete "Ada"'])
  })

  test('that does not come in time is undefined', async () => {
    const story = await awaited()
    story.fired('signal.approved#1')
    expect(await story.decides()).toEqual(['complete "nobody"'])
  })

  test('that does not fit its schema, or is not declared, is dropped with a warning, once', async () => {
    const warned: object[] = []
    const note = (fields: object) => void warned.push(fields)
    const story = tell(approval, undefined, { log: { debug: note, info: note, warn: note, error: note } })
    story.signaled('approved', { by: 1 })
    story.signaled('rejected')
    expect(await story.decides()).toEqual(['activity Tidy#1'])
    story.completed('Tidy#1')
    await story.decides()
    expect(warned).toEqual([expect.objectContaining({ signal: 'approved' }), { signal: 'rejected' }])
  })

  test('ends one wait at a time, in order', async () => {
    const twice = workflow({ ...declared, signals }, async (ctx) => {
      const first = await ctx.signal('approved', { timeout: '1h' })
      const second = await ctx.signal('approved', { timeout: '1h' })
      await ctx.tidy()
      return [first?.by, second?.by]
    })
    const story = tell(twice)
    await story.decides()
    story.signaled('approved', { by: 'Ada' })
    expect(await story.decides()).toEqual(['cancel timer signal.approved#1', 'timer signal.approved#2 3600s'])
    story.signaled('approved', { by: 'Bob' })
    expect(await story.decides()).toEqual(['cancel timer signal.approved#2', 'activity Tidy#1'])
    story.completed('Tidy#1')
    expect(await story.decides()).toEqual(['complete ["Ada","Bob"]'])
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
    const story = tell(watch, undefined, { execution: { workflowId: 'w', runId: 'r' } })
    expect(await story.decides()).toEqual(['timer sleep 10s'])
    story.later(10_000)
    story.fired('sleep')
    story.later(500)
    expect(await story.decides()).toEqual(['timer sleep.again 60s'])
    story.later(60_000)
    story.fired('sleep.again')
    expect(await story.decides()).toEqual(['complete'])
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
  const story = tell(watch)
  await story.decides()
  story.later(-5_000)
  story.completed('Tidy#1')
  expect(await story.decides()).toEqual(['complete 0'])
})
