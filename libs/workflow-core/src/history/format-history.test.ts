import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { PermanentFailure, WorkerStopping } from '../values/errors.ts'
import { exportHistory } from './export.ts'
import { historyInWords } from './format-history.ts'
import { histories, play } from '../testing/internal/simulate.ts'
import fc from 'fast-check'
import { tell } from '../testing/internal/history-builder.ts'
import { replay } from '../testing/replay.ts'
import { workflow } from '../declare/workflow.ts'

const copy = activity({
  name: 'Copy',
  version: '1',
  input: Type.String(),
  output: Type.String(),
  timeouts: { run: '8m', heartbeat: '60s' },
  retry: { attempts: 3, first: '10s', factor: 2, longest: '1m' },
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
  const story = tell(copying, 'fig1')
  const started = (seconds: number) => {
    const scheduledEventId = story.events.findLast(({ eventType }) => eventType === 'ActivityTaskScheduled')?.eventId
    story.later(seconds * 1_000)
    story.add({
      eventType: 'ActivityTaskStarted',
      activityTaskStartedEventAttributes: { scheduledEventId, identity: 'host-1 4711' },
    })
  }
  await story.decides()
  started(2)
  story.later(61_000)
  story.timedOut('Copy.fig1#1', 'HEARTBEAT', '{"bytes":7}')
  await story.decides()
  story.later(10_000)
  story.fired('retry.Copy.fig1#2')
  await story.decides()
  started(0)
  story.failed('Copy.fig1#2', new WorkerStopping('deploy'))
  await story.decides()
  started(0)
  story.later(1_500)
  story.completed('Copy.fig1#3', 'done')
  await story.decides()
  story.decisionTimesOut()
  story.signaled('go', 'now')
  await story.decides()
  started(0)
  story.failed('Copy#1', new PermanentFailure('the disk is full'))
  await story.decides()
  expect(historyInWords(story.events)).toBe(
    `
2026-01-01 (UTC)
  00:00:00.000  started                       Copying 1 with "fig1"
  00:01:03.000  Copy.fig1                     attempt 1 of 3 TIMED OUT, HEARTBEAT: no heartbeat of host-1 4711 for 60 s: it died, hung or lost the network; it had reached {"bytes":7}
  00:01:03.000  Copy.fig1                     next attempt in 10 s, at 00:01:13
  00:01:13.000  Copy.fig1                     attempt 2 of 3 was cut short after 0.0 s by its worker's stop; that counts as none
  00:01:14.500  Copy.fig1                     attempt 2 of 3 done in 1.5 s, gave "done"
  00:01:14.500  signal go                     is waited for, until it is given up in 3600 s, at 01:01:14
  00:01:14.500  decision                      a decider took it and did not answer (1 in a row): see the deciders' logs
  00:01:14.500  signal go                     came with "now"
  00:01:14.500  Copy                          attempt 1 of 3 FAILED after 0.0 s on host-1 4711: PermanentFailure: the disk is full; trying again cannot help
  00:01:14.500  the end                       failed: Copy failed for good: PermanentFailure: the disk is full
`.trim(),
  )
})

test('an open execution tells what it waits for', async () => {
  const story = tell(copying, 'fig1')
  await story.decides()
  expect(historyInWords(story.events)).toMatch(
    /\n\nIt waits for\n {2}Copy\.fig1: attempt 1 of 3 waits for a worker on task list activities since 2026-01-01T00:00:00Z$/,
  )
  story.completed('Copy.fig1#1', 'done')
  await story.decides()
  expect(historyInWords(story.events)).toMatch(
    /\n {2}signal go: is waited for, until it is given up at 2026-01-01T01:00:00Z$/,
  )
})

test('every history can be told, and what is exported of it replays', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const { workflow: its, story } = await play(given)
      expect(historyInWords(story.events)).toMatch(/the end/)
      expect(await replay(its, JSON.parse(JSON.stringify(exportHistory(story.events))))).toEqual([])
    }),
    { numRuns: 30 },
  )
})

test('an export has the shape that the AWS command line writes', () => {
  const { events } = exportHistory(tell(copying, 'fig1').events)
  expect(events[0]).toEqual({
    eventTimestamp: '2026-01-01T00:00:00.000000+00:00',
    eventType: 'WorkflowExecutionStarted',
    eventId: 1,
    workflowExecutionStartedEventAttributes: expect.objectContaining({ input: '"fig1"' }),
  })
})
