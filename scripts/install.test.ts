import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onSilence, waitingWords } from './install.mjs'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('each silence of npm is told once, with what it waits for', () => {
  let told = 0
  const silence = onSilence({ beforeFetching: 6000, afterwards: 25_000 }, () => void told++)
  vi.advanceTimersByTime(5999)
  silence.heard()
  vi.advanceTimersByTime(24_999)
  expect(told).toBe(0)
  vi.advanceTimersByTime(60_000)
  expect(told).toBe(1)
  silence.heard()
  vi.advanceTimersByTime(25_000)
  expect(told).toBe(2)
  silence.heard()
  silence.over()
  vi.advanceTimersByTime(60_000)
  expect(told).toBe(2)
  expect(waitingWords(6000, 'https://registry.test/')).toContain(
    'for 6 s: it waits for the registry https://registry.test/',
  )
})
