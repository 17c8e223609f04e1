import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from './activity.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { InvalidDeclarationError } from '../values/errors.ts'
import { retryDelay } from './retry.ts'
import { stepId } from '../values/step-id.ts'
import { workflow } from './workflow.ts'

const good = {
  name: 'Copy',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { startToClose: '8m' },
  retry: { maxAttempts: 5, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '2m' },
} as const

describe('a declaration', () => {
  test('says everything that is wrong with an activity at once', () => {
    const declare = () =>
      activity({
        ...good,
        name: 'Copy/All',
        version: '',
        timeouts: { startToClose: '1m', heartbeat: '2m', scheduleToStart: '0s' },
        retry: { maxAttempts: 0, initialInterval: '1.5m', backoffCoefficient: 0.5, maxInterval: '1s' },
      })
    expect(declare).toThrow(InvalidDeclarationError)
    expect(declare).toThrow(
      "Activity Copy/All has an invalid declaration: name 'Copy/All' has a character that SWF rejects; " +
        "version '' is empty or begins or ends with a space; timeouts.scheduleToStart is zero; " +
        "retry.initialInterval: '1.5m' is not a duration: write a whole number and s, m, h or d, such as '90s' or '7d'.; " +
        'retry.maxAttempts 0 is not 1 or more; retry.backoffCoefficient 0.5 is below 1: delays would shrink.',
    )
  })

  test('wants a heartbeat within the run, and delays that grow', () => {
    expect(() => activity({ ...good, timeouts: { startToClose: '1m', heartbeat: '2m' } })).toThrow('would go unnoticed')
    expect(() => activity({ ...good, retry: { ...good.retry, maxInterval: '5s' } })).toThrow(
      'is shorter than retry.initialInterval',
    )
  })

  test('holds a workflow to the same', () => {
    const twice = { copy: activity(good), again: activity(good) }
    expect(() =>
      workflow({ name: 'W', version: '1', input: Type.Void(), timeout: '0d', uses: twice }, async () => {}),
    ).toThrow('Workflow W has an invalid declaration: timeout is zero; uses.again is Copy, which is already used.')
  })

  test('has a priority that SWF takes, or none', () => {
    expect(activity({ ...good, priority: -2_147_483_647 }).priority).toBe(-2_147_483_647)
    expect(() => activity({ ...good, priority: 1.5 })).toThrow('priority 1.5 is no integer of 32 bits')
    const far = {
      name: 'W',
      version: '1',
      input: Type.Void(),
      timeout: '1d',
      priority: 2_147_483_648,
      uses: {},
    } as const
    expect(() => workflow(far, async () => {})).toThrow('priority 2147483648 is no integer of 32 bits')
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
  test.for(wrong)('%s is invalid', (duration) => {
    expect(() => toSeconds(duration)).toThrow(RangeError)
  })
})

describe('the delay before a retry', () => {
  test('doubles up to the maximum', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => retryDelay(good.retry, attempt) / 1_000)).toEqual([10, 20, 40, 80, 120])
  })

  test('is whole seconds, never shorter than the one before, never above the maximum', () => {
    const policies = fc.record({
      maxAttempts: fc.constant(100),
      initialInterval: fc.nat({ max: 60 }).map((seconds): Duration => `${seconds}s`),
      backoffCoefficient: fc.double({ min: 1, max: 10, noNaN: true }),
      maxInterval: fc.integer({ min: 60, max: 600 }).map((seconds): Duration => `${seconds}s`),
    })
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 100 }), (policy, attempt) => {
        const delay = retryDelay(policy, attempt)
        expect(delay % 1_000).toBe(0)
        expect(delay).toBeLessThanOrEqual(toSeconds(policy.maxInterval) * 1_000)
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
      // oxlint-disable-next-line no-control-regex -- these are the characters that SWF rejects
      expect(id).not.toMatch(/[:/|#\u0000-\u001f\u007f-\u009f]/u)
      expect(id === stepId('Copy', other)).toBe(one === other)
    }),
  )
  expect(() => stepId('Copy', 'x'.repeat(300))).toThrow('Key of Copy is too long')
})
