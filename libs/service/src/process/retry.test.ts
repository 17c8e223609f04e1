import { expect, test } from 'vitest'
import { retryWithBackOff, type Retry } from './retry.ts'

/** Work that fails as often as the test says, and the pauses between its attempts. */
function failing(times: number, more: Partial<Retry> = {}) {
  const pauses: number[] = []
  const attempts: number[] = []
  const work = async (attempt: number) => {
    attempts.push(attempt)
    if (attempt <= times) throw new Error(`attempt ${attempt}`)
    return 'done'
  }
  const retry: Retry = {
    firstMilliseconds: 100,
    maxMilliseconds: 300,
    maxAttempts: 5,
    mayPass: () => true,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    ...more,
  }
  return { run: () => retryWithBackOff(work, retry), pauses, attempts }
}

test('work is tried until it succeeds, with longer and longer pauses, each announced', async () => {
  const told: string[] = []
  const { run, pauses } = failing(4, { onRetry: (error, wait) => void told.push(`${String(error)}, ${wait}`) })
  expect(await run()).toBe('done')
  expect(pauses).toEqual([100, 200, 300, 300])
  expect(told[0]).toBe('Error: attempt 1, 100')
  expect(told).toHaveLength(4)
})

test('the error of the last attempt is thrown', async () => {
  const { run, attempts } = failing(5)
  await expect(run()).rejects.toThrow('attempt 5')
  expect(attempts).toEqual([1, 2, 3, 4, 5])
})

test('an error that stays is not tried again', async () => {
  const { run, attempts } = failing(5, { mayPass: (error) => !String(error).includes('attempt 2') })
  await expect(run()).rejects.toThrow('attempt 2')
  expect(attempts).toEqual([1, 2])
})

test('a signal ends a pause, and no further attempt is made', async () => {
  const stop = new AbortController()
  const { run, attempts } = failing(5, {
    signal: stop.signal,
    firstMilliseconds: 3_600_000,
    maxMilliseconds: 3_600_000,
    pause: undefined,
    onRetry: () => stop.abort(),
  })
  await expect(run()).rejects.toThrow('attempt 1')
  expect(attempts).toEqual([1])
})
