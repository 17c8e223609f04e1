import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { InvalidDeclarationError } from '../values/errors.ts'
import { retryDelay, type RetryPolicy } from '../declare/retry.ts'
import { buildHistory } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** Retry policies: jitter, errors that are not retried, and overrides of a call. */

const policy: RetryPolicy = { maxAttempts: 3, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '15s' }
const copyWith = (retry: RetryPolicy) =>
  activity({
    name: 'Copy',
    version: '1',
    input: Type.Void(),
    output: Type.Void(),
    timeouts: { startToClose: '1m', heartbeat: '10s' },
    retry,
  })
const declared = { name: 'Copies', version: '1', input: Type.Void(), timeout: '1d' } as const
const copies = (retry: RetryPolicy, own?: Partial<RetryPolicy>) =>
  workflow({ ...declared, uses: { copy: copyWith(retry) } }, async (ctx) =>
    ctx.copy(undefined, own === undefined ? {} : { retry: own }),
  )

describe('a call', () => {
  test('has its own attempts and delays, and the rest as declared', async () => {
    const history = buildHistory(copies(policy, { maxAttempts: 2, initialInterval: '1s' }))
    await history.decide()
    expect(history.events.at(-1)?.activityTaskScheduledEventAttributes?.input).toContain('"attempts":2')
    history.failed('Copy#1', new Error('busy'))
    expect(await history.decide()).toEqual(['timer retry.Copy#2 1s'])
    history.fired('retry.Copy#2')
    await history.decide()
    history.failed('Copy#2', new Error('busy'))
    expect(await history.decide()).toEqual(['fail Copy failed after 2 attempts: Error: busy'])
  })

  test('with a policy that cannot work fails its execution, and says why', async () => {
    const history = buildHistory(copies(policy, { maxAttempts: 0, maxInterval: '1s' }))
    expect(await history.decide()).toEqual([
      'fail InvalidDeclarationError: The call of Copy has an invalid declaration: retry.maxAttempts 0 is not 1 or more.',
    ])
  })
})

describe('what is never retried', () => {
  class MalformedXml extends Error {}

  test('is permanent at once, by the class of the error', async () => {
    const history = buildHistory(copies({ ...policy, nonRetryable: ['MalformedXml'] }))
    await history.decide()
    history.failed('Copy#1', new MalformedXml('line 3'))
    expect(await history.decide()).toEqual(['fail Copy failed for good: MalformedXml: line 3'])
  })

  test('may be a kind of time-out', async () => {
    const history = buildHistory(copies(policy, { nonRetryable: ['HEARTBEAT'] }))
    await history.decide()
    history.timedOut('Copy#1', 'START_TO_CLOSE')
    expect(await history.decide()).toEqual(['timer retry.Copy#2 10s'])
    history.fired('retry.Copy#2')
    await history.decide()
    history.timedOut('Copy#2', 'HEARTBEAT')
    expect(await history.decide()).toEqual([
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
    const hour: RetryPolicy = {
      maxAttempts: 2,
      initialInterval: '1h',
      backoffCoefficient: 1,
      maxInterval: '1h',
      jitter: 0.5,
    }
    const timers = new Set<string>()
    for (const runId of ['a', 'a', 'b', 'c', 'd']) {
      const history = buildHistory(copies(hour), undefined, { execution: { workflowId: 'w', runId } })
      await history.decide()
      history.failed('Copy#1', new Error('busy'))
      timers.add((await history.decide()).join())
    }
    expect(timers.size).toBe(4)
  })
})

test('a declaration says what is wrong with its jitter and its names', () => {
  const declare = () => copyWith({ ...policy, jitter: 1.5, nonRetryable: ['Not Found'] })
  expect(declare).toThrow(InvalidDeclarationError)
  expect(declare).toThrow(
    "retry.jitter 1.5 is not between 0 and 1; retry.nonRetryable 'Not Found' is not the name of an error class",
  )
})

describe('a retry that waits', () => {
  test('begins at once when it is told to, once, and only that attempt', async () => {
    const history = buildHistory(copies(policy))
    await history.decide()
    history.failed('Copy#1', new Error('busy'))
    await history.decide()
    history.signaled('workflow-core:retry-now', 'Copy#7')
    expect(await history.decide()).toEqual([])
    history.signaled('workflow-core:retry-now', 'Copy#2')
    history.signaled('workflow-core:retry-now', 'Copy#2')
    expect(await history.decide()).toEqual(['cancel timer retry.Copy#2', 'activity Copy#2'])
    history.failed('Copy#2', new Error('busy'))
    expect(await history.decide()).toEqual(['timer retry.Copy#3 15s'])
    history.signaled('workflow-core:retry-now', 'Copy#2')
    expect(await history.decide()).toEqual([])
    history.fired('retry.Copy#3')
    expect(await history.decide()).toEqual(['activity Copy#3'])
  })

  test('begins once where its timer fires before the decision that cancels it', async () => {
    const history = buildHistory(copies(policy))
    await history.decide()
    history.failed('Copy#1', new Error('busy'))
    await history.decide()
    history.signaled('workflow-core:retry-now', 'Copy#2')
    history.fired('retry.Copy#2')
    expect(await history.decide()).toEqual(['cancel timer retry.Copy#2', 'activity Copy#2'])
    history.completed('Copy#2')
    expect(await history.decide()).toEqual(['complete'])
  })
})
