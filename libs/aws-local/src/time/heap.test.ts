import { assert, property, array, integer } from 'fast-check'
import { expect, test } from 'vitest'
import { createHeap } from './heap.ts'

test('returns entries by due time, and those with the same time in the order of insertion', () => {
  assert(
    property(array(integer({ min: 0, max: 9 })), (dues) => {
      const heap = createHeap<number>()
      dues.forEach((due, order) => heap.push(due, order))
      const popped: { due: number; order: number }[] = []
      for (let first = heap.peek(); first !== undefined; first = heap.peek()) {
        popped.push({ due: first.due, order: first.subject })
        heap.pop()
      }
      const sorted = dues.map((due, order) => ({ due, order })).toSorted((a, b) => a.due - b.due || a.order - b.order)
      expect(popped).toEqual(sorted)
    }),
  )
})
