import fc from 'fast-check'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { PermanentFailure } from '../values/errors.ts'
import { inspectHistory } from './inspect-history.ts'
import { rerunOf } from './rerun.ts'
import { buildHistory } from '../testing/internal/history-builder.ts'
import { histories, simulate } from '../testing/internal/simulate.ts'
import { workflow } from '../declare/workflow.ts'

const shared = {
  version: '1',
  input: Type.Unknown(),
  output: Type.Unknown(),
  timeouts: { startToClose: '5m' },
  retry: { maxAttempts: 3, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '1m' },
} as const
const unpack = activity({ ...shared, name: 'Unpack' })
const convert = activity({ ...shared, name: 'Convert' })
const images = activity({ ...shared, name: 'Images', taskList: 'images' })
const post = activity({ ...shared, name: 'Post' })
const publish = workflow(
  {
    name: 'Publish',
    version: '4',
    input: Type.Unknown(),
    output: Type.Unknown(),
    timeout: '7d',
    uses: { unpack, convert, images, post },
    signals: { approved: Type.String() },
  },
  async (ctx) => {
    await ctx.unpack({ file: 'a.zip' })
    await Promise.all([ctx.convert(1).then(() => ctx.convert(2, { key: 'again' })), ctx.images(1)])
    await ctx.post(1)
    await ctx.signal('approved', { timeout: '1h' })
    await ctx.sleep('1d')
    await ctx.signal('approved')
  },
)
const stateOf = (inspected: ReturnType<typeof inspectHistory>) =>
  Object.fromEntries(inspected.steps.map(({ id, state }) => [id, state]))
const at = (seconds: number) => Temporal.Instant.from('2026-01-01T00:00:00Z').add({ seconds })

test('each step has its state, its attempts and the steps that it follows; what joins follows all that it waited for', async () => {
  const history = buildHistory(publish, { article: '00353' })
  await history.decide()
  history.completed('Unpack#1', { files: 3 })
  await history.decide()
  history.failed('Convert#1', new Error('busy'))
  await history.decide()
  const waiting = inspectHistory(history.events)
  expect(stateOf(waiting)).toEqual({ Unpack: 'completed', Convert: 'retrying', Images: 'scheduled' })
  expect(waiting.waits).toEqual([
    { kind: 'retry', step: 'Convert', attemptId: 'Convert#2', at: at(10) },
    { kind: 'worker', step: 'Images', taskList: 'images', since: at(0) },
  ])
  history.fired('retry.Convert#2')
  await history.decide()
  expect(inspectHistory(history.events).waits[0]).toMatchObject({ kind: 'worker', taskList: 'activities' })
  history.completed('Convert#2', 'json')
  await history.decide()
  history.completed('Images#1')
  await history.decide()
  history.completed('Convert.again#1')
  await history.decide()
  const inspected = inspectHistory(history.events)
  expect(inspected).toMatchObject({
    workflow: { name: 'Publish', version: '4' },
    input: '{"article":"00353"}',
    outcome: undefined,
  })
  const [, first] = inspected.steps
  expect(first).toMatchObject({ id: 'Convert', input: '1', result: '"json"', after: ['Unpack'] })
  expect(first?.attempts.map(({ number, max, outcome, message }) => [number, max, outcome, message])).toEqual([
    [1, 3, 'failed', 'Error: busy'],
    [2, 3, 'completed', undefined],
  ])
  const after = Object.fromEntries(inspected.steps.map(({ id, after: before }) => [id, before.toSorted()]))
  expect(after).toEqual({
    Unpack: [],
    Convert: ['Unpack'],
    Images: ['Unpack'],
    'Convert.again': ['Convert'],
    Post: ['Convert.again', 'Images'],
  })
})

test('an execution says whether it waits for a signal, a timer, a decider or a worker at work', async () => {
  const history = buildHistory(publish)
  const waits = () => inspectHistory(history.events).waits
  await history.decide()
  history.add({
    eventType: 'ActivityTaskStarted',
    activityTaskStartedEventAttributes: { scheduledEventId: history.events.length, identity: 'host-1' },
  })
  expect(waits()).toEqual([{ kind: 'running', step: 'Unpack', worker: 'host-1', since: at(0) }])
  history.completed('Unpack#1')
  history.add({
    eventType: 'DecisionTaskScheduled',
    decisionTaskScheduledEventAttributes: { taskList: { name: 'decisions' } },
  })
  expect(waits()).toEqual([{ kind: 'decider', taskList: 'decisions', since: at(0) }])
  await history.decide()
  for (const id of ['Convert#1', 'Images#1', 'Convert.again#1', 'Post#1']) {
    history.completed(id)
    await history.decide()
  }
  expect(waits()).toEqual([{ kind: 'signal', name: 'approved', until: at(3_600) }])
  history.signaled('approved', 'Ada')
  await history.decide()
  expect(waits()).toEqual([{ kind: 'timer', timer: 'sleep', until: at(86_400) }])
  expect(stateOf(inspectHistory(history.events))['signal.approved']).toBe('completed')
  history.fired('sleep')
  await history.decide()
  expect(waits()).toEqual([{ kind: 'signal', name: undefined, until: undefined }])
})

test('a failed execution names its failed step, and its rerun the steps that an earlier run has done', async () => {
  const history = buildHistory(publish)
  await history.decide()
  history.completed('Unpack#1', { files: 3 })
  await history.decide()
  history.failed('Convert#1', new PermanentFailure('line 3'))
  await history.decide()
  const failed = inspectHistory(history.events)
  expect(failed).toMatchObject({ failedStep: 'Convert', outcome: { status: 'failed' }, waits: [] })
  expect(stateOf(failed)).toEqual({ Unpack: 'completed', Convert: 'failed', Images: 'cut off' })

  const execution = { workflowId: 'article-00353', runId: 'first' }
  const again = buildHistory(publish, JSON.parse(rerunOf(execution, history.events)?.input ?? ''))
  await again.decide()
  const rerun = inspectHistory(again.events)
  expect(rerun.rerunOf).toEqual(execution)
  expect(rerun.steps[0]).toMatchObject({ id: 'Unpack', earlier: true, state: 'completed', result: '{"files":3}' })
  expect(stateOf(rerun)).toEqual({ Unpack: 'completed', Convert: 'scheduled', Images: 'scheduled' })
})

test('every history can be inspected, and a closed one waits for nothing', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const { history } = await simulate(given)
      const { steps, waits, outcome } = inspectHistory(history.events)
      expect([outcome === undefined, waits]).toEqual([false, []])
      const known = new Set(steps.map(({ id }) => id))
      for (const { after } of steps) for (const id of after) expect(known).toContain(id)
      for (let end = 1; end < history.events.length; end += 7)
        expect(inspectHistory(history.events.slice(0, end)).waits).not.toEqual([])
    }),
    { numRuns: 20 },
  )
})
