import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { CancelledFailure } from '../values/errors.ts'
import { implement } from '../declare/implement.ts'
import { workflow } from '../declare/workflow.ts'
import { createTestClock } from './clock.ts'
import { replay } from './replay.ts'
import { runActivity } from './run-activity.ts'
import { runWorkflow } from './run-workflow.ts'

/** The testing kit on itself: real SWF semantics over HTTP, virtual time. */

const retry = { maxAttempts: 3, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '15s' } as const
const double = activity({
  name: 'Double',
  version: '1',
  input: Type.Integer(),
  output: Type.Integer(),
  timeouts: { startToClose: '1m', heartbeat: '10s' },
  retry,
})
const doubled = implement(double, async (number, { heartbeat, info }) => {
  heartbeat({ from: info.lastHeartbeat ?? 0 })
  return number * 2
})
const declared = {
  name: 'Patient',
  version: '1',
  input: Type.Integer(),
  output: Type.Array(Type.Unknown()),
  timeout: '90d',
  uses: { double },
  signals: { approved: Type.Object({ by: Type.String() }) },
} as const
const patient = workflow(declared, async (ctx, number) => {
  const first = await ctx.double(number)
  await ctx.sleep('7d')
  const approved = await ctx.signal('approved', { timeout: '30d' })
  const never = await ctx.signal('approved', { timeout: '30d' })
  return [first, approved?.by, never ?? null, ctx.now().toString().slice(0, 10)]
})

test('a run of two months takes a moment, and its history replays', async () => {
  const clock = createTestClock(Date.UTC(2026, 0, 1))
  const { output, history, outcome } = await runWorkflow(patient, 4, {
    clock,
    activities: [doubled],
    signals: [{ after: '10d', name: 'approved', payload: { by: 'Ada' } }],
  })
  expect(output).toEqual([8, 'Ada', null, '2026-02-10'])
  expect(outcome.status).toBe('completed')
  const exported: unknown = JSON.parse(JSON.stringify({ events: history }))
  expect(await replay(patient, exported)).toEqual([])
  const changed = workflow(declared, async (ctx) => [await ctx.double(1, { key: 'other' })])
  await expect(replay(changed, exported)).rejects.toThrow(
    'the history has activity Double#1, the code has activity Double.other#1',
  )
  await expect(replay(patient, { events: [{ eventId: 1 }] })).rejects.toThrow('This is not an exported history')
})

test('children run too', async () => {
  const parent = workflow(
    {
      name: 'Parent',
      version: '1',
      input: Type.Void(),
      output: Type.Array(Type.Unknown()),
      timeout: '90d',
      uses: { patient },
    },
    async (ctx) => {
      const child = ctx.patient(2, { workflowId: 'c' })
      expect(await ctx.signalTo('nobody', 'approved')).toBe(false)
      return child
    },
  )
  const { output } = await runWorkflow(parent, undefined, { activities: [doubled] })
  expect(output).toEqual([4, null, null, '2026-03-09'])
})

test('a cancelled run ends as cancelled, its activity told by its signal', async () => {
  const clock = createTestClock()
  const slow = activity({ ...double, name: 'Slow', timeouts: { startToClose: '1m', heartbeat: '2s' } })
  const impatient = workflow({ ...declared, name: 'Impatient', uses: { slow } }, async (ctx) => [await ctx.slow(1)])
  const told: unknown[] = []
  const { outcome, history } = await runWorkflow(impatient, 1, {
    clock,
    cancelAfter: '1s',
    activities: [
      implement(slow, async (_, { signal }) => {
        clock.advance(1_000)
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve)
        })
        told.push(signal.reason)
        throw signal.reason
      }),
    ],
  })
  expect(outcome.status).toBe('canceled')
  expect(told).toEqual([expect.any(CancelledFailure)])
  expect(history.map(({ eventType }) => eventType)).toContain('ActivityTaskCanceled')
})

test('a new run follows the old one until the last', async () => {
  const countdown = workflow(
    { name: 'Countdown', version: '1', input: Type.Integer(), output: Type.Integer(), timeout: '1d', uses: { double } },
    async (ctx, number) => {
      const next = await ctx.double(number)
      return next < 10 ? ctx.continueAsNew(next) : next
    },
  )
  const { output } = await runWorkflow(countdown, 1, { activities: [doubled] })
  expect(output).toBe(16)
})

test('one activity runs alone, checked as a worker checks it', async () => {
  expect(await runActivity(doubled, 21, { info: { lastHeartbeat: 3 } })).toEqual({
    output: 42,
    heartbeats: [{ from: 3 }],
  })
  await expect(runActivity(doubled, 'x')).rejects.toThrow(
    'Input of Double#1 does not fit its schema: it must be integer',
  )
})
