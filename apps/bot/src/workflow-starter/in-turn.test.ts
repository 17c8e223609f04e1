import { expect, test } from 'vitest'
import { createTurns } from './in-turn.ts'

test('the highest priority has the next turn, among equals the one that came first', async () => {
  const inTurn = createTurns(1)
  const order: string[] = []
  const holding = Promise.withResolvers<void>()
  const first = inTurn(0, () => holding.promise)
  const others = [
    inTurn(0, async () => order.push('delivery')),
    inTurn(0, async () => order.push('another delivery')),
    inTurn(2, async () => order.push('publication')),
    inTurn(1, async () => order.push('post-publication')),
  ]
  holding.resolve()
  await Promise.all([first, ...others])
  expect(order).toEqual(['publication', 'post-publication', 'delivery', 'another delivery'])
})

test('no more run at a time than allowed, and a failure frees its turn', async () => {
  const inTurn = createTurns(2)
  let [now, max] = [0, 0]
  const works = Array.from({ length: 6 }, (_, at) =>
    inTurn(0, async () => {
      max = Math.max(max, ++now)
      await new Promise((resolve) => setImmediate(resolve))
      now--
      if (at % 2 === 0) throw new Error(`work ${at}`)
    }),
  )
  const outcomes = await Promise.allSettled(works)
  expect(max).toBe(2)
  expect(outcomes.map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
})
