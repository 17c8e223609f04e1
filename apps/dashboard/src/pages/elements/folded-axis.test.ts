import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldAxis, mergeSpans, type Span } from './folded-axis.ts'

const seconds = 1_000
const days = 86_400 * seconds
const start = Date.parse('2026-11-23T12:00:00Z')

/** Work of instants, seconds or hours, after each other or at the same time, with waits from none to weeks between. */
const anyWork = fc
  .array(
    fc.record({
      wait: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 0, max: 300 * seconds }),
        fc.integer({ min: 0, max: 20 * days }),
      ),
      took: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90 * seconds }), fc.integer({ min: 1, max: days })),
      beside: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((steps) => {
    let [from, end] = [start, start]
    return steps.map(({ wait, took, beside }): Span => {
      if (!beside) from = end + wait
      const span = { from, to: from + took }
      end = Math.max(end, span.to)
      return span
    })
  })

const lengthOf = (spans: readonly Span[]) => spans.reduce((sum, { from, to }) => sum + to - from, 0)

test('three days held for approval take little of the axis, and the minutes of work before and after are readable', () => {
  const held = { from: start + 60 * seconds, to: start + 60 * seconds + 3 * days }
  const { folds, place } = foldAxis([
    { from: start, to: held.from },
    { from: held.to, to: held.to + 30 * seconds },
  ])
  expect(folds).toMatchObject([held])
  expect(place(held.to) - place(held.from)).toBeCloseTo(0.06)
  expect(place(held.from)).toBeCloseTo((0.94 * 2) / 3)
  expect(place(held.to + 30 * seconds)).toBeCloseTo(1)
})

test('waits of seconds between work of minutes are not folded', () => {
  const work = [0, 70, 140].map((at) => ({ from: start + at * seconds, to: start + (at + 60) * seconds }))
  expect(foldAxis(work).folds).toEqual([])
})

test('the order of instants is kept, and the axis goes from 0 to 1', () => {
  fc.assert(
    fc.property(anyWork, fc.array(fc.nat({ max: 700 * days })), (work, others) => {
      const { place } = foldAxis(work)
      const times = [...work.flatMap(({ from, to }) => [from, to]), ...others.map((after) => start + after)].toSorted(
        (a, b) => a - b,
      )
      const places = times.map(place)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(places.every((at) => at >= 0 && at <= 1)).toBe(true)
      const merged = mergeSpans(work)
      expect(place(merged[0]?.from ?? 0)).toBe(0)
      if (lengthOf([{ from: merged[0]?.from ?? 0, to: merged.at(-1)?.to ?? 0 }]) > 0)
        expect(place(merged.at(-1)?.to ?? 0)).toBeCloseTo(1, 9)
    }),
  )
})

test('work is never folded, and neither work nor folds overlap that do not in time', () => {
  fc.assert(
    fc.property(anyWork, (work) => {
      const { folds, place } = foldAxis(work)
      for (const fold of folds) {
        expect(work.filter(({ from, to }) => from < fold.to && to > fold.from)).toEqual([])
        expect([place(fold.from), place(fold.to)]).toEqual([expect.closeTo(fold.start, 9), expect.closeTo(fold.end, 9)])
      }
      const drawn = [...mergeSpans(work), ...folds].toSorted((a, b) => a.from - b.from || a.to - b.to)
      for (const [index, { from }] of drawn.entries()) {
        const before = drawn[index - 1]
        if (before) expect(place(before.to)).toBeLessThanOrEqual(place(from))
      }
    }),
  )
})

test('what is folded and what is not sum up to the whole time, and only long waits are folded', () => {
  fc.assert(
    fc.property(anyWork, (work) => {
      const { folds, place } = foldAxis(work)
      const merged = mergeSpans(work)
      const [first, last] = [merged[0]?.from ?? 0, merged.at(-1)?.to ?? 0]
      const worked = lengthOf(merged)
      const waits = merged.slice(1).map(({ from: to }, index) => ({ from: merged[index]?.to ?? to, to }))
      const kept = waits.filter(({ from }) => !folds.some((fold) => fold.from === from))
      expect(worked + lengthOf(kept) + lengthOf(folds)).toBe(last - first)
      for (const { from, to } of kept) expect(to - from < 60 * seconds || to - from <= worked / 4).toBe(true)
      for (const { from, to } of folds) expect(to - from).toBeGreaterThanOrEqual(60 * seconds)
      // What is not folded has one scale, and at least three fifths of the axis.
      const unfolded = [...merged, ...kept]
      if (lengthOf(unfolded) === 0) return
      const room = unfolded.reduce((sum, { from, to }) => sum + place(to) - place(from), 0)
      expect(room).toBeGreaterThanOrEqual(0.6 - 1e-9)
      for (const { from, to } of unfolded)
        expect(place(to) - place(from)).toBeCloseTo(((to - from) / lengthOf(unfolded)) * room, 9)
    }),
  )
})
