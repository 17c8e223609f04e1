import { expect, test } from 'vitest'
import { differenceOf } from './difference.ts'

const queue = 'aws:sqs/queue:Queue'

test('what says the same in another order has not changed', () => {
  const [one, other] = [{ tags: { a: '1', b: '2' } }, { tags: { b: '2', a: '1' } }]
  expect(differenceOf(queue, one, other)).toEqual({ changed: [], replaces: [], deleteBeforeReplace: false })
})

test('a setting that AWS can change is changed in place, also where it is taken away', () => {
  const { changed, replaces } = differenceOf(queue, { name: 'q', delaySeconds: 5 }, { name: 'q' })
  expect({ changed, replaces }).toEqual({ changed: ['delaySeconds'], replaces: [] })
})

test('what AWS can not change means a new one, after the old where both have the name that the program gave', () => {
  const fifo = differenceOf(queue, { name: 'q' }, { name: 'q', fifoQueue: true })
  expect(fifo).toEqual({ changed: ['fifoQueue'], replaces: ['fifoQueue'], deleteBeforeReplace: true })
  expect(differenceOf(queue, { name: 'q' }, { name: 'other' }).deleteBeforeReplace).toBe(false)
  const generated = { name: 'q-0123abc' }
  expect(differenceOf(queue, generated, { ...generated, fifoQueue: true }).deleteBeforeReplace).toBe(false)
})
