import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { implement } from '../declare/implement.ts'
import { workflow } from '../declare/workflow.ts'
import { exportHistory } from '../history/export-history.ts'
import { buildHistory } from '../testing/internal/history-builder.ts'
import { replay } from '../testing/replay.ts'
import { runWorkflow, type RunOptions } from '../testing/run-workflow.ts'
import { WorkerStoppingError } from '../values/errors.ts'
import type { PayloadStore } from '../values/payload-store.ts'

/** Decisions that fit each, and together exceed the 1 MB of a request to SWF. */

const measure = activity({
  name: 'Measure',
  version: '1',
  input: Type.String(),
  output: Type.Integer(),
  timeouts: { startToClose: '1m' },
  retry: { maxAttempts: 3, initialInterval: '1s', backoffCoefficient: 1, maxInterval: '1s' },
})
/** Thirty thousand characters, of two bytes each. */
const page = 'é'.repeat(30_000)

/** Measures its pages, so many at once. */
const book = workflow(
  {
    name: 'Book',
    version: '1',
    input: Type.Object({ waves: Type.Integer(), pages: Type.Integer() }),
    output: Type.Integer(),
    timeout: '1d',
    uses: { measure },
  },
  async (ctx, { waves, pages }) => {
    const measured: Promise<number>[] = []
    for (let wave = 0; wave < waves; wave++) {
      if (wave > 0) await ctx.sleep('1s', { key: String(wave) })
      for (let at = 0; at < pages; at++) measured.push(ctx.measure(page, { key: `${wave}-${at}` }))
    }
    const lengths = await Promise.all(measured)
    return lengths.reduce((sum, length) => sum + length, 0)
  },
)

const run = (pages: number, options: Partial<RunOptions> = {}) =>
  runWorkflow(book, { waves: 1, pages }, { activities: [implement(measure, async (text) => text.length)], ...options })

test('steps that begin at once and do not fit into a decision fail at the line that begins them', async () => {
  const { outcome, history } = await run(20)
  expect(outcome).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/^PayloadTooLargeError: activity Measure\.0-16#1 does not fit .* 1 MB/),
    details: expect.stringContaining('large-decisions.test.ts'),
  })
  expect(history.filter(({ eventType }) => eventType === 'DecisionTaskTimedOut')).toEqual([])
})

test('with a store they all go, the values in the store', async () => {
  const kept = new Map<string, string>()
  const store: PayloadStore = {
    put: async (key, text) => void kept.set(key, text),
    get: async (key) => kept.get(key),
  }
  const { output, history, execution } = await run(20, { store })
  expect(output).toBe(20 * 30_000)
  expect(history.filter(({ eventType }) => eventType === 'DecisionTaskTimedOut')).toEqual([])
  expect(kept.size).toBeGreaterThan(0)
  expect(await replay(book, exportHistory(history), { store, execution })).toEqual([])
})

test('retries that become due at once and do not fit into a decision go with the next ones', async () => {
  const history = buildHistory(book, { waves: 2, pages: 15 })
  const ids = (wave: number, attempt: number) =>
    Array.from({ length: 15 }, (_, at) => `Measure.${wave}-${at}#${attempt}`)
  expect(await history.decide()).toHaveLength(16)
  history.fired('sleep.1')
  expect(await history.decide()).toHaveLength(15)
  const first = [...ids(0, 1), ...ids(1, 1)]
  for (const id of first) history.failed(id, new Error('no ruler'))
  await history.decide()
  const second = [...ids(0, 2), ...ids(1, 2)]
  for (const id of second) history.fired(`retry.${id}`)
  const scheduled = (decided: string[]) => decided.filter((each) => each.startsWith('activity '))
  const decided = await history.decide()
  expect(scheduled(decided)).toEqual(second.slice(0, 16).map((id) => `activity ${id}`))
  expect(decided.slice(16)).toEqual(second.slice(16).map((id) => `timer retry.${id} 1s`))
  for (const id of second.slice(16)) history.fired(`retry.${id}`)
  expect(await history.decide()).toEqual(second.slice(16).map((id) => `activity ${id}`))
  for (const id of second) history.completed(id, 30_000)
  expect(await history.decide()).toEqual([`complete ${30 * 30_000}`])
})

test('attempts that stopping workers give back at once do, too', async () => {
  const history = buildHistory(book, { waves: 2, pages: 15 })
  await history.decide()
  history.fired('sleep.1')
  await history.decide()
  const ids = [0, 1].flatMap((wave) => Array.from({ length: 15 }, (_, at) => `Measure.${wave}-${at}`))
  for (const id of ids) history.failed(`${id}#1`, new WorkerStoppingError('deployed'))
  const decided = await history.decide()
  expect(decided.filter((each) => each.startsWith('activity '))).toHaveLength(16)
  expect(decided.at(-1)).toBe('timer retry.Measure.1-14#2 1s')
  history.fired('retry.Measure.1-14#2')
  expect(await history.decide()).toEqual(['activity Measure.1-14#2'])
  const again = history.events.findLast(({ eventType }) => eventType === 'ActivityTaskScheduled')
  expect(again?.activityTaskScheduledEventAttributes?.input).toContain('"attempt":1,')
})
