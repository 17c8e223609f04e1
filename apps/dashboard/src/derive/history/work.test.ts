import { expect, test } from 'vitest'
import { event, unixMinute } from './messages.fixture.ts'
import { runsOf } from './runs.ts'
import { workOf } from './work.ts'

const span = (from: number, to: number) => ({ from: unixMinute(from), to: unixMinute(to) })
const workIn = (...events: Parameters<typeof runsOf>[0]) => runsOf(events).flatMap(workOf)

test('the work of a step is its attempts, without the waits between them', () => {
  expect(
    workIn(
      event(0, 'Post EIF', 'start'),
      event(1, 'Post EIF', 'retry', { retry_at: '2026-11-23T14:00:00Z' }),
      event(120, 'Post EIF', 'start', { attempt: 2 }),
      event(121, 'Post EIF', 'busy'),
      event(200, 'Post EIF', 'start', { attempt: 3 }),
      event(203, 'Post EIF', 'end'),
    ),
  ).toEqual([[span(0, 1), span(120, 121), span(200, 203)]])
})

test('a step that has begun works until the last event of its run, whatever it tells meanwhile', () => {
  expect(
    workIn(event(0, 'Resize Images', 'start'), event(3, 'Resize Images', 'progress'), event(9, 'Convert JATS', 'end')),
  ).toEqual([[span(0, 9)], [span(9, 9)]])
})

test('waiting for its turn is no work, and a step that is done again works again', () => {
  expect(
    workIn(
      event(0, 'Waiting', 'start'),
      event(60, 'Expand Article', 'start'),
      event(61, 'Expand Article', 'end'),
      event(90, 'Expand Article', 'start'),
      event(92, 'Expand Article', 'end'),
    ),
  ).toEqual([[span(0, 0)], [span(60, 61)], [span(90, 92)]])
})
