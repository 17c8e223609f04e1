import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from './activity.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { InvalidDeclaration } from '../values/errors.ts'
import { retryDelay } from './retry.ts'
import { stepId } from '../values/step-id.ts'
import { workflow } from './workflow.ts'

const good = {
  name: 'Copy',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { run: '8m' },
  retry: { attempts: 5, first: '10s', factor: 2, longest: '2m' },
} as const

describe('a declaration', () => {
  test('says everything that is wrong with an activity at once', () => {
    const declare = () =>
      activity({
        ...good,
        name: 'Copy/All',
        version: '',
        timeouts: { run: '1m', heartbeat: '2m', queue: '0s' },
        retry: { attempts: 0, first: '1.5m', factor: 0.5, longest: '1s' },
      })
    expect(declare).toThrow(InvalidDeclaration)
    expect(declare).toThrow(
      "Activity Copy/All is declared wrongly: name 'Copy/All' has a character that SWF refuses; " +
        "version '' is empty or has space at an end; timeouts.queue is zero; " +
        "retry.first: '1.5m' is not a duration: write a whole number and s, m, h or d, such as '90s' or '7d'.; " +
        'retry.attempts 0 is not 1 or more; retry.factor 0.5 is below 1: delays would shrink.',
    )
  })

  test('wants a heartbeat within the run, and delays that grow', () => {
    expect(() => activity({ ...good, timeouts: { run: '1m', heartbeat: '2m' } })).toThrow('would go unnoticed')
    expect(() => activity({ ...good, retry: { ...good.retry, longest: '5s' } })).toThrow('is shorter than retry.first')
  })

  test('holds a workflow to the same', () => {
    const twice = { copy: activity(good), again: activity(good) }
    expect(() =>
      workflow({ name: 'W', version: '1', input: Type.Void(), timeout: '0d', uses: twice }, async () => {}),
    ).toThrow('Workflow W is declared wrongly: timeout is zero; uses.again is Copy again.')
  })

  test('cannot be changed afterwards', () => {
    expect(Object.isFrozen(activity(good))).toBe(true)
  })
})

describe('a duration', () => {
  test.for([
    ['0s', 0],
    ['90s', 90],
    ['8m', 480],
    ['2h', 7_200],
    ['7d', 604_800],
  ] as const)('%s is %d seconds', ([duration, seconds]) => {
    expect(toSeconds(duration)).toBe(seconds)
  })

  const wrong: Duration[] = ['1.5m', '-1s', '1e3s', '99999999d']
  test.for(wrong)('%s is none', (duration) => {
    expect(() => toSeconds(duration)).toThrow(RangeError)
  })
})

describe('the delay before a retry', () => {
  test('doubles up to the longest', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => retryDelay(good.retry, attempt) / 1_000)).toEqual([10, 20, 40, 80, 120])
  })

  test('is whole seconds, never shorter than the one before, never above the longest', () => {
    const policies = fc.record({
      attempts: fc.constant(100),
      first: fc.nat({ max: 60 }).map((seconds): Duration => `${seconds}s`),
      factor: fc.double({ min: 1, max: 10, noNaN: true }),
      longest: fc.integer({ min: 60, max: 600 }).map((seconds): Duration => `${seconds}s`),
    })
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 100 }), (policy, attempt) => {
        const delay = retryDelay(policy, attempt)
        expect(delay % 1_000).toBe(0)
        expect(delay).toBeLessThanOrEqual(toSeconds(policy.longest) * 1_000)
        expect(retryDelay(policy, attempt + 1)).toBeGreaterThanOrEqual(delay)
      }),
    )
  })
})

test('ids of steps are names that SWF takes, and different keys make different ones', () => {
  const keys = fc.string({ unit: 'binary', maxLength: 40 })
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      const id = stepId('Copy', one)
      // oxlint-disable-next-line no-control-regex -- these are the characters that SWF refuses
      expect(id).not.toMatch(/[:/|#\u0000-\u001f\u007f-\u009f]/u)
      expect(id === stepId('Copy', other)).toBe(one === other)
    }),
  )
  expect(() => stepId('Copy', 'x'.repeat(300))).toThrow('Key of Copy is too long')
})
