import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { InvalidDeclaration } from '../values/errors.ts'
import { retryDelay, type RetryPolicy } from '../declare/retry.ts'
import { tell } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** What a policy may say beyond attempts and delays, and what a call may say in its place. */

const policy: RetryPolicy = { attempts: 3, first: '10s', factor: 2, longest: '15s' }
const copyWith = (retry: RetryPolicy) =>
  activity({
    name: 'Copy',
    version: '1',
    input: Type.Void(),
    output: Type.Void(),
    timeouts: { run: '1m', heartbeat: '10s' },
    retry,
  })
const declared = { name: 'Copies', version: '1', input: Type.Void(), timeout: '1d' } as const
const copies = (retry: RetryPolicy, own?: Partial<RetryPolicy>) =>
  workflow({ ...declared, uses: { copy: copyWith(retry) } }, async (ctx) =>
    ctx.copy(undefined, own === undefined ? {} : { retry: own }),
  )

describe('a call', () => {
  test('has its own attempts and delays, and the rest as declared', async () => {
    const story = tell(copies(policy, { attempts: 2, first: '1s' }))
    await story.decides()
    expect(story.events.at(-1)?.activityTaskScheduledEventAttributes?.input).toContain('"attempts":2')
    story.failed('Copy#1', new Error('busy'))
    expect(await story.decides()).toEqual(['timer retry.Copy#2 1s'])
    story.fired('retry.Copy#2')
    await story.decides()
    story.failed('Copy#2', new Error('busy'))
    expect(await story.decides()).toEqual(['fail Copy failed after 2 attempts: Error: busy'])
  })

  test('with a policy that cannot work fails its execution, and says why', async () => {
    const story = tell(copies(policy, { attempts: 0, longest: '1s' }))
    expect(await story.decides()).toEqual([
      'fail InvalidDeclaration: The call of Copy is declared wrongly: retry.attempts 0 is not 1 or more.',
    ])
  })
})

describe('what is never retried', () => {
  class MalformedXml extends Error {}

  test('is permanent at once, by the class of the error', async () => {
    const story = tell(copies({ ...policy, never: ['MalformedXml'] }))
    await story.decides()
    story.failed('Copy#1', new MalformedXml('line 3'))
    expect(await story.decides()).toEqual(['fail Copy failed for good: MalformedXml: line 3'])
  })

  test('may be a kind of time-out', async () => {
    const story = tell(copies(policy, { never: ['HEARTBEAT'] }))
    await story.decides()
    story.timedOut('Copy#1', 'START_TO_CLOSE')
    expect(await story.decides()).toEqual(['timer retry.Copy#2 10s'])
    story.fired('retry.Copy#2')
    await story.decides()
    story.timedOut('Copy#2', 'HEARTBEAT')
    expect(await story.decides()).toEqual([
      expect.stringMatching(/^fail Copy failed for good: HEARTBEAT: no heartbeat/),
    ])
  })
})

describe('jitter', () => {
  const delays = fc.record({
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    attempt: fc.integer({ min: 1, max: 9 }),
  })

  test('takes off no more than its share, and the same for the same seed', () => {
    fc.assert(
      fc.property(delays, fc.string(), ({ jitter, attempt }, seed) => {
        const [whole, less] = [retryDelay(policy, attempt), retryDelay({ ...policy, jitter }, attempt, seed)]
        expect(less).toBeLessThanOrEqual(whole)
        expect(less).toBeGreaterThanOrEqual(whole * (1 - jitter))
        expect(less % 1_000).toBe(0)
        expect(retryDelay({ ...policy, jitter }, attempt, seed)).toBe(less)
      }),
    )
  })

  test('spreads executions, and each replay of one agrees', async () => {
    const hour: RetryPolicy = { attempts: 2, first: '1h', factor: 1, longest: '1h', jitter: 0.5 }
    const timers = new Set<string>()
    for (const runId of ['a', 'a', 'b', 'c', 'd']) {
      const story = tell(copies(hour), undefined, { execution: { workflowId: 'w', runId } })
      await story.decides()
      story.failed('Copy#1', new Error('busy'))
      timers.add((await story.decides()).join())
    }
    expect(timers.size).toBe(4)
  })
})

test('a declaration says what is wrong with its jitter and its names', () => {
  const declare = () => copyWith({ ...policy, jitter: 1.5, never: ['Not Found'] })
  expect(declare).toThrow(InvalidDeclaration)
  expect(declare).toThrow(
    "retry.jitter 1.5 is no share between 0 and 1; retry.never 'Not Found' is no name of an error's",
  )
})
