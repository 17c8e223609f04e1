import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { NothingToRerunError, PayloadTooLargeError, PermanentFailure } from '../values/errors.ts'
import { implement } from '../declare/implement.ts'
import { rerunOf } from './rerun.ts'
import { buildHistory, type HistoryBuilder } from '../testing/internal/history-builder.ts'
import { createTestClock } from '../testing/clock.ts'
import { startTestEnvironment } from '../testing/test-environment.ts'
import { workflow } from '../declare/workflow.ts'

/** Reruns: the results that they start with, and the steps that run again. */

const retry = { maxAttempts: 1, initialInterval: '1s', backoffCoefficient: 1, maxInterval: '1s' } as const
const shared = {
  version: '1',
  input: Type.Void(),
  output: Type.String(),
  timeouts: { startToClose: '1m' },
  retry,
} as const
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
    const [id, chance] = [ctx.uuid(), ctx.sideEffect('chance', Type.Number(), Math.random)]
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
async function failed(): Promise<{ history: HistoryBuilder; chance: string }> {
  const history = buildHistory(publish, input, { execution })
  const [marker] = await history.decide()
  history.completed('Expand.one%2Ftwo#1', 'files')
  await history.decide()
  history.fired('sleep')
  await history.decide()
  history.childCompleted('article-00353.Follow', 'followed')
  await history.decide()
  history.signalSent(true)
  history.signaled('approved', { by: 'Ada' })
  expect(await history.decide()).toEqual(['activity Convert#1'])
  history.failed('Convert#1', new PermanentFailure('line 3'))
  expect(await history.decide()).toEqual(['activity Report#1'])
  history.completed('Report#1', 'reported')
  expect(await history.decide()).toEqual(['fail Convert failed for good: PermanentFailure: line 3'])
  return { history, chance: marker?.replace('marker chance ', '') ?? '' }
}

function again(history: HistoryBuilder, of = execution): unknown {
  return JSON.parse(rerunOf(of, history.events)?.input ?? '')
}

describe('a rerun', () => {
  test('does nothing again that was done, and begins with the step that failed', async () => {
    const { history: before, chance } = await failed()
    const history = buildHistory(publish, again(before), { execution: { ...execution, runId: 'second' } })
    expect(await history.decide()).toEqual([`marker chance ${chance}`, 'activity Convert#1'])
    history.completed('Convert#1', 'converted')
    const [end = ''] = await history.decide()
    const output: unknown = JSON.parse(end.replace('complete ', ''))
    expect(output).toEqual(['00353', expect.any(String), chance, 'files', 'followed', 'true', 'Ada', 'converted'])
  })

  test('does again what began only after the failure: the report of the second', async () => {
    const { history: before } = await failed()
    const history = buildHistory(publish, again(before), { execution: { ...execution, runId: 'second' } })
    await history.decide()
    history.failed('Convert#1', new PermanentFailure('line 4'))
    expect(await history.decide()).toEqual(['activity Report#1'])
  })

  test('of a rerun has what both had done, and the chances of the first', async () => {
    const { history: first, chance } = await failed()
    const second = buildHistory(publish, again(first), { execution: { ...execution, runId: 'second' } })
    await second.decide()
    second.failed('Convert#1', new PermanentFailure('line 4'))
    await second.decide()
    second.completed('Report#1', 'reported')
    await second.decide()
    const third = buildHistory(publish, again(second, { ...execution, runId: 'second' }), {
      execution: { ...execution, runId: 'third' },
    })
    expect(await third.decide()).toEqual([`marker chance ${chance}`, 'activity Convert#1'])
    third.completed('Convert#1', 'converted')
    const [complete] = await third.decide()

    const whole = buildHistory(publish, input, { execution })
    const [marker = ''] = await whole.decide()
    whole.completed('Expand.one%2Ftwo#1', 'files')
    await whole.decide()
    whole.fired('sleep')
    await whole.decide()
    whole.childCompleted('article-00353.Follow', 'followed')
    await whole.decide()
    whole.signalSent(true)
    whole.signaled('approved', { by: 'Ada' })
    await whole.decide()
    whole.completed('Convert#1', 'converted')
    const [unbroken = ''] = await whole.decide()
    expect(complete).toBe(unbroken.replace(marker.replace('marker chance ', ''), chance))
  })

  test('does a step again whose activity has another version by now', async () => {
    const { history: before } = await failed()
    const uses = { expand: activity({ ...shared, name: 'Expand', version: '2' }) }
    const newer = workflow({ name: 'Publish', version: '1', input: Type.Unknown(), timeout: '7d', uses }, async (ctx) =>
      ctx.expand(undefined, { key: 'one/two' }),
    )
    const history = buildHistory(newer, again(before))
    expect(await history.decide()).toEqual(['activity Expand.one%2Ftwo#1'])
  })

  test('fails where a result does not fit the code any more', async () => {
    const { history: before } = await failed()
    const uses = { expand: activity({ ...shared, name: 'Expand', output: Type.Integer() }) }
    const other = workflow({ name: 'Publish', version: '1', input: Type.Unknown(), timeout: '7d', uses }, async (ctx) =>
      ctx.expand(undefined, { key: 'one/two' }),
    )
    expect(await buildHistory(other, again(before)).decide()).toEqual([
      'fail InvalidPayloadError: Output of Expand.one%2Ftwo in the earlier run does not fit its schema: it must be integer.',
    ])
  })

  test('is none of an execution that is open, and refused of one that completed', async () => {
    const history = buildHistory(follow)
    expect(rerunOf(execution, history.events)).toBeUndefined()
    await history.decide()
    expect(() => rerunOf(execution, history.events)).toThrow(NothingToRerunError)
  })

  test('is refused where the results do not fit into an input', async () => {
    const history = buildHistory(publish, input, { execution })
    await history.decide()
    history.completed('Expand.one%2Ftwo#1', 'x'.repeat(32_000))
    await history.decide()
    history.signaled('approved', { by: 'y'.repeat(1_000) })
    history.add({ eventType: 'WorkflowExecutionTimedOut' })
    expect(() => rerunOf(execution, history.events)).toThrow(PayloadTooLargeError)
    expect(() => rerunOf(execution, history.events)).toThrow(
      /^The input of article-00353 and the results of its 1 completed steps have \d+ characters/,
    )
  })
})

test('the client reruns a failed execution under its id, and a worker has only the failed step to do', async () => {
  await using env = await startTestEnvironment({ clock: createTestClock() })
  const two = workflow({ ...shared, name: 'Two', timeout: '1d', uses: { expand, convert } }, async (ctx) =>
    [await ctx.expand(undefined), await ctx.convert(undefined)].join(' '),
  )
  await env.startDecider([two])
  const done: string[] = []
  let broken = true
  env.startWorkers([
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
  const { client } = env
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
  await expect(client.rerun({ workflowId: 'w', runId: rerun.runId ?? '' })).rejects.toThrow(NothingToRerunError)
})
