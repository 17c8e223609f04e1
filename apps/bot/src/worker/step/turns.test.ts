import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('no more than so many are under way, and each comes to its turn, also after failures', async () => {
  const turn = createTurns(2)
  const order: number[] = []
  let underWay = 0
  let most = 0
  const work = async (index: number) => {
    most = Math.max(most, ++underWay)
    order.push(index)
    await new Promise((resolve) => setImmediate(resolve))
    underWay -= 1
    if (index === 1) throw new Error('one of them fails')
    return index
  }
  const outcomes = await Promise.allSettled([0, 1, 2, 3, 4].map((index) => turn(() => work(index))))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect([most, order]).toEqual([2, [0, 1, 2, 3, 4]])
})
