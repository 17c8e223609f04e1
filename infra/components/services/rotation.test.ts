import { expect, test } from 'vitest'
import { generationsAt } from './rotation.ts'

/** The values at a step, as their generations: the one that is sent, and the other. */
function valuesAt(step: number) {
  const { even, odd, current } = generationsAt(step)
  return current === 'even' ? { sent: even, other: odd } : { sent: odd, other: even }
}

test('a value is accepted for a step before anybody sends it, and for a step after the last one sent it', () => {
  for (let step = 0; step < 50; step++) {
    const [now, next] = [valuesAt(step), valuesAt(step + 1)]
    expect([now.sent, now.other], `step ${step}`).toContain(next.sent)
    expect([next.sent, next.other], `step ${step}`).toContain(now.sent)
  }
})

test('an odd step draws one value, an even one sends it, and what is sent is never drawn anew', () => {
  expect([0, 1, 2, 3, 4].map(valuesAt)).toEqual([
    { sent: 0, other: undefined },
    { sent: 0, other: 1 },
    { sent: 1, other: 0 },
    { sent: 1, other: 2 },
    { sent: 2, other: 1 },
  ])
})

test('two steps at once may not be: the value that is sent is one that others do not know', () => {
  expect([valuesAt(0).sent, valuesAt(0).other]).not.toContain(valuesAt(2).sent)
})
