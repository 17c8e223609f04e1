import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { PermanentFailure, WorkerStoppingError } from '../values/errors.ts'
import { exportHistory } from './export-history.ts'
import { formatHistory } from './format-history.ts'
import { histories, simulate } from '../testing/internal/simulate.ts'
import fc from 'fast-check'
import { buildHistory } from '../testing/internal/history-builder.ts'
import { replay } from '../testing/replay.ts'
import { workflow } from '../declare/workflow.ts'

const copy = activity({
  name: 'Copy',
  version: '1',
  input: Type.String(),
  output: Type.String(),
  timeouts: { startToClose: '8m', heartbeat: '60s' },
  retry: { maxAttempts: 3, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '1m' },
})
const copying = workflow(
  {
    name: 'Copying',
    version: '1',
    input: Type.String(),
    timeout: '7d',
    uses: { copy },
    signals: { go: Type.String() },
  },
  async (ctx, file) => {
    await ctx.copy(file, { key: file })
    await ctx.signal('go', { timeout: '1h' })
    await ctx.copy('last')
  },
)

test('a failed execution tells each attempt, why it failed, and what was tried next', async () => {
  const history = buildHistory(copying, 'fig1')
  const started = (seconds: number) => {
    const scheduledEventId = history.events.findLast(({ eventType }) => eventType === 'ActivityTaskScheduled')?.eventId
    history.later(seconds * 1_000)
    history.add({
      eventType: 'ActivityTaskStarted',
      activityTaskStartedEventAttributes: { scheduledEventId, identity: 'host-1 4711' },
    })
  }
  await history.decide()
  started(2)
  history.later(61_000)
  history.timedOut('Copy.fig1#1', 'HEARTBEAT', '{"bytes":7}')
  await history.decide()
  history.later(10_000)
  history.fired('retry.Copy.fig1#2')
  await history.decide()
  started(0)
  history.failed('Copy.fig1#2', new WorkerStoppingError('deploy'))
  await history.decide()
  started(0)
  history.later(1_500)
  history.completed('Copy.fig1#3', 'done')
  await history.decide()
  history.decisionTimesOut()
  history.signaled('go', 'now')
  await history.decide()
  started(0)
  history.failed('Copy#1', new PermanentFailure('the disk is full'))
  await history.decide()
  expect(formatHistory(history.events)).toBe(
    `
2026-01-01 (UTC)
  00:00:00.000  started                       Copying 1 with "fig1"
  00:01:03.000  Copy.fig1                     attempt 1 of 3 TIMED OUT, HEARTBEAT: no heartbeat from host-1 4711 for 60 s: it died, hung or lost the network; last heartbeat {"bytes":7}
  00:01:03.000  Copy.fig1                     next attempt in 10 s, at 00:01:13
  00:01:13.000  Copy.fig1                     attempt 2 of 3 interrupted after 0.0 s because its worker stopped; does not count as an attempt
  00:01:14.500  Copy.fig1                     attempt 2 of 3 completed in 1.5 s, returned "done"
  00:01:14.500  signal go                     wait times out in 3600 s, at 01:01:14
  00:01:14.500  decision                      started by a decider that did not respond (1 in a row): see the deciders' logs
  00:01:14.500  signal go                     received with "now"
  00:01:14.500  Copy                          attempt 1 of 3 FAILED after 0.0 s on host-1 4711: PermanentFailure: the disk is full; not retryable
  00:01:14.500  closed                        failed: Copy failed for good: PermanentFailure: the disk is full
`.trim(),
  )
})

test('an open execution tells what it waits for', async () => {
  const history = buildHistory(copying, 'fig1')
  await history.decide()
  expect(formatHistory(history.events)).toMatch(
    /\n\nWaiting for\n {2}Copy\.fig1: attempt 1 of 3 waiting for a worker on task list activities since 2026-01-01T00:00:00Z$/,
  )
  history.completed('Copy.fig1#1', 'done')
  await history.decide()
  expect(formatHistory(history.events)).toMatch(/\n {2}signal go: wait times out at 2026-01-01T01:00:00Z$/)
})

test('every history can be formatted, and its export replays', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const { workflow: its, history } = await simulate(given)
      expect(formatHistory(history.events)).toMatch(/closed/)
      expect(await replay(its, JSON.parse(JSON.stringify(exportHistory(history.events))))).toEqual([])
    }),
    { numRuns: 30 },
  )
})

test('an export has the shape that the AWS command line writes', () => {
  const { events } = exportHistory(buildHistory(copying, 'fig1').events)
  expect(events[0]).toEqual({
    eventTimestamp: '2026-01-01T00:00:00.000000+00:00',
    eventType: 'WorkflowExecutionStarted',
    eventId: 1,
    workflowExecutionStartedEventAttributes: expect.objectContaining({ input: '"fig1"' }),
  })
})
