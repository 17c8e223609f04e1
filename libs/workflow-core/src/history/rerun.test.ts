import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { NothingToRerun, PayloadTooLarge, PermanentFailure } from '../values/errors.ts'
import { implement } from '../declare/implement.ts'
import { rerunOf } from './rerun.ts'
import { tell, type Story } from '../testing/internal/history-builder.ts'
import { createTestClock } from '../testing/clock.ts'
import { openStage } from '../testing/test-environment.ts'
import { workflow } from '../declare/workflow.ts'

/** What a new execution is given of one that failed, and what it does again. */

const retry = { attempts: 1, first: '1s', factor: 1, longest: '1s' } as const
const shared = { version: '1', input: Type.Void(), output: Type.String(), timeouts: { run: '1m' }, retry } as const
const expand = activity({ ...shared, name: 'Expand' })
const convert = activity({ ...shared, name: 'Convert' })
const report = activity({ ...shared, name: 'Report' })
const follow = workflow({ ...shared, name: 'Follow', timeout: '1d', uses: {} }, async () => 'followed')
const publish = workflow(
  {
    name: 'Publish',
    version: '1',
    input: Type.Object({ article: Type.String() }),
    output: Type.Array(Type.String()),
    timeout: '7d',
    uses: { expand, convert, report, follow },
    signals: { approved: Type.Object({ by: Type.String() }) },
  },
  async (ctx, { article }) => {
    const [id, chance] = [ctx.uuid(), ctx.local('chance', Type.Number(), Math.random)]
    try {
      const expanded = await ctx.expand(undefined, { key: 'one/two' })
      await ctx.sleep('1h')
      const followed = await ctx.follow(undefined)
      const told = await ctx.signalTo('site', 'ready')
      const { by } = await ctx.signal('approved')
      const converted = await ctx.convert(undefined)
      return [article, id, `${chance}`, expanded, followed, `${told}`, by, converted]
    } catch (error) {
      await ctx.report(undefined)
      throw error
    }
  },
)
const execution = { workflowId: 'article-00353', runId: 'first' }
const input = { article: '00353' }

/** To the failure of the conversion, with all before it done. */
async function failed(): Promise<{ story: Story; chance: string }> {
  const story = tell(publish, input, { execution })
  const [marker] = await story.decides()
  story.completed('Expand.one%2Ftwo#1', 'files')
  await story.decides()
  story.fired('sleep')
  await story.decides()
  story.childCompleted('article-00353.Follow', 'followed')
  await story.decides()
  story.signalSent(true)
  story.signaled('approved', { by: 'Ada' })
  expect(await story.decides()).toEqual(['activity Convert#1'])
  story.failed('Convert#1', new PermanentFailure('line 3'))
  expect(await story.decides()).toEqual(['activity Report#1'])
  story.completed('Report#1', 'reported')
  expect(await story.decides()).toEqual(['fail Convert failed for good: PermanentFailure: line 3'])
  return { story, chance: marker?.replace('marker chance ', '') ?? '' }
}

function again(story: Story, of = execution): unknown {
  return JSON.parse(rerunOf(of, story.events)?.input ?? '')
}

describe('a rerun', () => {
  test('does nothing again that was done, and begins with the step that failed', async () => {
    const { story: before, chance } = await failed()
    const story = tell(publish, again(before), { execution: { ...execution, runId: 'second' } })
    expect(await story.decides()).toEqual([`marker chance ${chance}`, 'activity Convert#1'])
    story.completed('Convert#1', 'converted')
    const [end = ''] = await story.decides()
    const output: unknown = JSON.parse(end.replace('complete ', ''))
    expect(output).toEqual(['00353', expect.any(String), chance, 'files', 'followed', 'true', 'Ada', 'converted'])
  })

  test('does again what began only after the failure: the report of the second', async () => {
    const { story: before } = await failed()
    const story = tell(publish, again(before), { execution: { ...execution, runId: 'second' } })
    await story.decides()
    story.failed('Convert#1', new PermanentFailure('line 4'))
    expect(await story.decides()).toEqual(['activity Report#1'])
  })

  test('of a rerun has what both had done, and the chances of the first', async () => {
    const { story: first, chance } = await failed()
    const second = tell(publish, again(first), { execution: { ...execution, runId: 'second' } })
    await second.decides()
    second.failed('Convert#1', new PermanentFailure('line 4'))
    await second.decides()
    second.completed('Report#1', 'reported')
    await second.decides()
    const third = tell(publish, again(second, { ...execution, runId: 'second' }), {
      execution: { ...execution, runId: 'third' },
    })
    expect(await third.decides()).toEqual([`marker chance ${chance}`, 'activity Convert#1'])
    third.completed('Convert#1', 'converted')
    const [complete] = await third.decides()

    const whole = tell(publish, input, { execution })
    const [marker = ''] = await whole.decides()
    whole.completed('Expand.one%2Ftwo#1', 'files')
    await whole.decides()
    whole.fired('sleep')
    await whole.decides()
    whole.childCompleted('article-00353.Follow', 'followed')
    await whole.decides()
    whole.signalSent(true)
    whole.signaled('approved', { by: 'Ada' })
    await whole.decides()
    whole.completed('Convert#1', 'converted')
    const [unbroken = ''] = await whole.decides()
    expect(complete).toBe(unbroken.replace(marker.replace('marker chance ', ''), chance))
  })

  test('does a step again whose activity has another version by now', async () => {
    const { story: before } = await failed()
    const uses = { expand: activity({ ...shared, name: 'Expand', version: '2' }) }
    const newer = workflow({ name: 'Publish', version: '1', input: Type.Unknown(), timeout: '7d', uses }, async (ctx) =>
      ctx.expand(undefined, { key: 'one/two' }),
    )
    const story = tell(newer, again(before))
    expect(await story.decides()).toEqual(['activity Expand.one%2Ftwo#1'])
  })

  test('fails where a result does not fit the code any more', async () => {
    const { story: before } = await failed()
    const uses = { expand: activity({ ...shared, name: 'Expand', output: Type.Integer() }) }
    const other = workflow({ name: 'Publish', version: '1', input: Type.Unknown(), timeout: '7d', uses }, async (ctx) =>
      ctx.expand(undefined, { key: 'one/two' }),
    )
    expect(await tell(other, again(before)).decides()).toEqual([
      'fail InvalidPayload: Output of Expand.one%2Ftwo in the run before does not fit its schema: it must be integer.',
    ])
  })

  test('is none of an execution that is open, and refused of one that completed', async () => {
    const story = tell(follow)
    expect(rerunOf(execution, story.events)).toBeUndefined()
    await story.decides()
    expect(() => rerunOf(execution, story.events)).toThrow(NothingToRerun)
  })

  test('is refused where the results do not fit into an input', async () => {
    const story = tell(publish, input, { execution })
    await story.decides()
    story.completed('Expand.one%2Ftwo#1', 'x'.repeat(32_000))
    await story.decides()
    story.signaled('approved', { by: 'y'.repeat(1_000) })
    story.add({ eventType: 'WorkflowExecutionTimedOut' })
    expect(() => rerunOf(execution, story.events)).toThrow(PayloadTooLarge)
    expect(() => rerunOf(execution, story.events)).toThrow(
      /^What article-00353 had done in 1 steps takes, with its input, \d+ characters/,
    )
  })
})

test('the client reruns a failed execution under its id, and a worker has only the failed step to do', async () => {
  await using stage = await openStage({ clock: createTestClock() })
  const two = workflow({ ...shared, name: 'Two', timeout: '1d', uses: { expand, convert } }, async (ctx) =>
    [await ctx.expand(undefined), await ctx.convert(undefined)].join(' '),
  )
  await stage.decider([two])
  const done: string[] = []
  let broken = true
  stage.workers([
    implement(expand, async () => {
      done.push('expand')
      return 'files'
    }),
    implement(convert, async () => {
      done.push('convert')
      if (broken) throw new PermanentFailure('no')
      return 'images'
    }),
  ])
  const { client } = stage
  const { runId = '' } = await client.start(two, { workflowId: 'w', input: undefined, tags: ['article 00353'] })
  await expect(client.result(two, { workflowId: 'w', runId })).rejects.toThrow('Convert failed for good')
  broken = false
  const rerun = await client.rerun({ workflowId: 'w', runId })
  expect(rerun.started).toBe(true)
  expect(await client.result(two, { workflowId: 'w', runId: rerun.runId ?? '' })).toBe('files images')
  expect(done).toEqual(['expand', 'convert', 'convert'])
  const tagged = await Array.fromAsync(
    client.listClosed({ tag: 'article 00353', since: Temporal.Instant.fromEpochMilliseconds(0) }),
  )
  expect(new Set(tagged.map(({ execution: each }) => each?.runId))).toEqual(new Set([runId, rerun.runId]))
  await expect(client.rerun({ workflowId: 'w', runId: rerun.runId ?? '' })).rejects.toThrow(NothingToRerun)
})
