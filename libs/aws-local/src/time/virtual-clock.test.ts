import { expect, test } from 'vitest'
import { virtualClock } from './virtual-clock.ts'

test('runs due work in order, each at its due time', () => {
  const clock = virtualClock(0)
  const ran: [string, number][] = []
  const at = (name: string, due: number, then?: () => void) =>
    clock.schedule(due, () => {
      ran.push([name, clock.now()])
      then?.()
    })
  at('late', 500)
  at('early', 100, () => at('made on the way', 300))
  at('also early', 100)
  at('beyond', 1001)
  clock.advance(1000)
  expect(ran).toEqual([
    ['early', 100],
    ['also early', 100],
    ['made on the way', 300],
    ['late', 500],
  ])
  expect(clock.now()).toBe(1000)
  expect(clock.next()).toBe(1001)
})

test('does not run cancelled work', () => {
  const clock = virtualClock(0)
  clock.schedule(10, () => expect.unreachable())()
  clock.advance(10)
  expect(clock.next()).toBeUndefined()
})

test('runs work that is already due soon, but never within the call', async () => {
  const clock = virtualClock(100)
  let ran = false
  await new Promise<void>((resolve) => {
    clock.schedule(50, () => {
      ran = true
      resolve()
    })
    expect(ran).toBe(false)
  })
  expect([ran, clock.now()]).toEqual([true, 100])
})
