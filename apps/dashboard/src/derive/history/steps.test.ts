import { expect, test } from 'vitest'
import { event, minute } from './messages.fixture.ts'
import { runsOf } from './runs.ts'
import { stepsOf } from './steps.ts'

test('a step has a beginning, an end and its last message', () => {
  expect(stepsOf([event(0, 'Post EIF', 'start'), event(2, 'Post EIF', 'end')])).toMatchObject([
    { type: 'Post EIF', state: 'done', began: minute(0), ended: minute(2), attempt: 1, message: 'Post EIF: end' },
  ])
})

test('a retry has the failed attempt, the number of attempts and the time of the next one', () => {
  const said = { attempt: 1, attempts: 5 }
  const [step] = stepsOf([
    event(0, 'Resize Images', 'start', said),
    event(1, 'Resize Images', 'retry', { ...said, retry_at: minute(3), message: 'out of memory' }),
  ])
  expect(step).toMatchObject({ state: 'retrying', attempt: 1, attempts: 5, retryAt: minute(3) })
  expect(step?.failures).toEqual([{ at: minute(1), attempt: 1, message: 'out of memory' }])
})

test('a step whose service is busy is waiting and has not failed', () => {
  const said = { attempt: 1, attempts: 24 }
  const steps = stepsOf([
    event(0, 'Post EIF', 'start', said),
    event(1, 'Post EIF', 'busy', { ...said, retry_at: minute(3), message: 'the site is busy (429).' }),
  ])
  expect(steps).toMatchObject([{ state: 'busy', retryAt: minute(3), message: 'the site is busy (429).', failures: [] }])
  expect(stepsOf([event(0, 'Post EIF', 'busy'), event(1, 'Post EIF', 'start', said)])).toMatchObject([
    { state: 'running', attempt: 1 },
  ])
})

test('the next attempt is the same step, no longer about to be retried', () => {
  const steps = stepsOf([
    event(0, 'Resize Images', 'start'),
    event(1, 'Resize Images', 'retry', { retry_at: minute(3) }),
    event(3, 'Resize Images', 'start', { attempt: 2, attempts: 5 }),
  ])
  expect(steps).toHaveLength(1)
  expect(steps[0]).toMatchObject({ state: 'running', attempt: 2, began: minute(0), failures: [{ attempt: 1 }] })
  expect(steps[0]).not.toHaveProperty('retryAt')
})

test('a step that starts again without having ended continues: its worker died', () => {
  expect(stepsOf([event(0, 'Post EIF', 'start'), event(9, 'Post EIF', 'start')])).toMatchObject([
    { state: 'running', attempt: 2 },
  ])
})

test('a step that is over and starts again is another step', () => {
  const steps = stepsOf([
    event(0, 'Approve Publication', 'start'),
    event(1, 'Approve Publication', 'error'),
    event(5, 'Approve Publication', 'start'),
  ])
  expect(steps.map(({ state, attempt }) => [state, attempt])).toEqual([
    ['failed', 1],
    ['running', 1],
  ])
})

test('parallel steps are separate', () => {
  const steps = stepsOf([
    event(0, 'Resize Images', 'start'),
    event(1, 'Deposit assets', 'start'),
    event(2, 'Resize Images', 'retry'),
    event(3, 'Deposit assets', 'end'),
  ])
  expect(steps.map(({ type, state }) => [type, state])).toEqual([
    ['Resize Images', 'retrying'],
    ['Deposit assets', 'done'],
  ])
})

test('unknown types and statuses are kept verbatim', () => {
  expect(stepsOf([event(0, 'Verify Glencoe', 'skipped')])).toMatchObject([
    { type: 'Verify Glencoe', state: 'noted', status: 'skipped' },
  ])
})

test('a step says how far it is until it ends, and progress that is told late changes nothing', () => {
  const working = [
    event(0, 'Resize Images', 'start'),
    event(1, 'Resize Images', 'progress', { message: 'images 14 of 22' }),
  ]
  expect(stepsOf(working)).toMatchObject([
    { state: 'running', began: minute(0), message: 'images 14 of 22', attempt: 1 },
  ])
  const late = event(3, 'Resize Images', 'progress')
  for (const end of ['end', 'error']) {
    const over = [...working, event(2, 'Resize Images', end)]
    expect(stepsOf([...over, late])).toEqual(stepsOf(over))
    const [run, same] = [runsOf([...over, late])[0], runsOf(over)[0]]
    expect([run?.failure, run?.steps]).toEqual([same?.failure, same?.steps])
  }
})
