import { expect, test } from 'vitest'
import { setTimeout } from 'node:timers/promises'
import { silent } from '../values/logger.ts'
import { startPollers } from './pollers.ts'

/** The pollers alone; decider-and-worker.test has them with SWF. */

const never = () => new Promise<never>(() => {})

test('a poller at work is alive until its task times out, and no longer', async () => {
  const given = Promise.withResolvers<void>()
  const pollers = startPollers({
    concurrency: 1,
    poll: async () => 'task',
    handle: () => {
      given.resolve()
      return never()
    },
    timeOf: () => 30,
    polled: () => {},
    logger: silent,
  })
  await given.promise
  const atWork = pollers.lastSignOfLife()
  expect(Temporal.Now.instant().since(atWork).total('milliseconds')).toBeLessThan(30)
  await setTimeout(60)
  const stuck = pollers.lastSignOfLife()
  await setTimeout(5)
  expect(pollers.lastSignOfLife()).toEqual(stuck)
  pollers.stop()
})

test('the slowest poller counts', async () => {
  const before = Temporal.Now.instant()
  let polls = 0
  const pollers = startPollers({
    concurrency: 2,
    poll: async () => {
      polls += 1
      if (polls === 1) return never()
      await setTimeout(1)
      return undefined
    },
    handle: never,
    timeOf: () => 0,
    polled: () => {},
    logger: silent,
  })
  await setTimeout(30)
  expect(pollers.lastSignOfLife().since(before).total('milliseconds')).toBeLessThan(25)
  pollers.stop()
})

test('a poll that ignores its signal does not hold up the end', async () => {
  const pollers = startPollers({
    concurrency: 3,
    poll: never,
    handle: never,
    timeOf: () => 0,
    polled: () => {},
    logger: silent,
  })
  pollers.stop()
  await pollers.ended
})

test('a poll that fails is tried again', async () => {
  const done = Promise.withResolvers<void>()
  const warned: object[] = []
  let polls = 0
  const pollers = startPollers({
    concurrency: 1,
    poll: async () => {
      polls += 1
      if (polls === 1) throw new TypeError('fetch failed')
      return 'task'
    },
    handle: async () => {
      done.resolve()
      return never()
    },
    timeOf: () => 0,
    polled: () => {},
    logger: { ...silent, warn: (fields) => void warned.push(fields) },
  })
  await done.promise
  expect(warned).toEqual([{ error: 'TypeError', message: 'fetch failed', failures: 1 }])
  pollers.stop()
})
