import { expect, test } from 'vitest'
import { inParallel } from './in-parallel.ts'

test('results come in the order of the items, and no more run at a time than allowed', async () => {
  let running = 0
  let max = 0
  const results = await inParallel([3, 1, 2, 5, 4], 2, async (item) => {
    max = Math.max(max, ++running)
    for (let turn = 0; turn < item; turn++) await Promise.resolve()
    running--
    return item * 10
  })
  expect(results).toEqual([30, 10, 20, 50, 40])
  expect(max).toBe(2)
})

test('after a failure nothing more is started, and what is running is waited for', async () => {
  const started: number[] = []
  const ended: number[] = []
  const work = inParallel([1, 2, 3, 4], 2, async (item) => {
    started.push(item)
    if (item === 1) throw new Error('one')
    await new Promise((resolve) => setImmediate(resolve))
    ended.push(item)
  })
  await expect(work).rejects.toThrow('one')
  expect(started).toEqual([1, 2])
  expect(ended).toEqual([2])
})
