import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPerIdQueue, type Outcome } from './per-id-queue.ts'
import type { Start } from './start.ts'

const noon = Temporal.Instant.from('2016-07-28T12:00:00Z')

function start(workflowId: string, minute: number, once = `${workflowId} ${minute}`): Start {
  return {
    workflow: { name: 'W', version: '1' },
    workflowId,
    input: {},
    subject: { articleId: workflowId, version: 0, run: once },
    since: noon.add({ minutes: minute }),
    timeout: '1d',
    once,
  }
}

/** Simulates SWF: executions are open until they are closed, and each start is recorded. */
function simulate({ fails = () => false }: { fails?: () => boolean } = {}) {
  const open = new Set<string>()
  const started: string[] = []
  const waiting: string[] = []
  const arrived: string[] = []
  const turns: (() => void)[] = []
  const enqueue = createPerIdQueue({
    inTurn: (_, work) => work(),
    attempt: async ({ workflowId, once }): Promise<Outcome> => {
      if (fails()) throw new Error('SWF is down')
      if (started.includes(once)) return 'repeated'
      if (open.has(workflowId)) return 'open'
      open.add(workflowId)
      started.push(once)
      return 'started'
    },
    onArrival: async ({ once }) => void arrived.push(once),
    onWaiting: async ({ once }) => void waiting.push(once),
    onFailure: () => {},
    pause: () => new Promise((resolve) => turns.push(resolve)),
  })
  /** Lets every queue try again. */
  const turn = async () => {
    await settled()
    for (const wake of turns.splice(0)) wake()
    await settled()
  }
  return { enqueue, open, started, waiting, arrived, turn, idle: () => turns.length === 0 }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('executions of different ids do not wait for each other', async () => {
  const { enqueue, started } = simulate()
  await Promise.all([enqueue(start('a', 1)), enqueue(start('b', 2))])
  expect(started).toEqual(['a 1', 'b 2'])
})

test('the second of one article waits until the first has ended, and says so once', async () => {
  const { enqueue, open, started, waiting, turn } = simulate()
  await enqueue(start('a', 1))
  const second = enqueue(start('a', 2))
  await turn()
  await turn()
  expect(started).toEqual(['a 1'])
  open.delete('a')
  await turn()
  await expect(second).resolves.toBe('started')
  expect(waiting).toEqual(['a 2'])
})

test('all that wait say so, not the first of them alone', async () => {
  const { enqueue, waiting, arrived, turn } = simulate()
  await enqueue(start('a', 1))
  const later = [enqueue(start('a', 2)), enqueue(start('a', 3)), enqueue(start('a', 4))]
  await turn()
  expect(arrived).toEqual(['a 1', 'a 2', 'a 3', 'a 4'])
  expect(waiting).toEqual(['a 2', 'a 3', 'a 4'])
  expect(later).toHaveLength(3)
})

test('what arrived earlier comes first, though it was received later', async () => {
  const { enqueue, open, started, turn } = simulate()
  await enqueue(start('a', 1))
  const later = [enqueue(start('a', 5)), enqueue(start('a', 3)), enqueue(start('a', 4))]
  while (started.length < 4) {
    open.clear()
    await turn()
  }
  await Promise.all(later)
  expect(started).toEqual(['a 1', 'a 3', 'a 4', 'a 5'])
})

test('a repetition of what has started is done, and starts nothing', async () => {
  const { enqueue, started } = simulate()
  await enqueue(start('a', 1))
  await expect(enqueue(start('a', 1))).resolves.toBe('repeated')
  expect(started).toEqual(['a 1'])
})

test('nothing is given up while SWF is down', async () => {
  let down = true
  const { enqueue, started, turn } = simulate({ fails: () => down })
  const queued = enqueue(start('a', 1))
  await turn()
  await turn()
  down = false
  await turn()
  await expect(queued).resolves.toBe('started')
  expect(started).toEqual(['a 1'])
})

test('a start that can never succeed does not hold up those behind it', async () => {
  const enqueue = createPerIdQueue({
    inTurn: (_, work) => work(),
    attempt: async ({ once }) => {
      if (once === 'a 1') throw Object.assign(new Error('too large'), { retry: false })
      return 'started'
    },
    onArrival: async () => {},
    onWaiting: async () => {},
    onFailure: () => {},
    pause: async () => {},
  })
  const [first, second] = await Promise.allSettled([enqueue(start('a', 1)), enqueue(start('a', 2))])
  expect(first).toMatchObject({ status: 'rejected', reason: { message: 'too large' } })
  expect(second).toMatchObject({ status: 'fulfilled', value: 'started' })
})

test('whoever waits when the process stops is told so', async () => {
  const enqueue = createPerIdQueue({
    inTurn: (_, work) => work(),
    attempt: async () => 'open',
    onArrival: async () => {},
    onWaiting: async () => {},
    onFailure: () => {},
    pause: async () => {
      throw new Error('stopping')
    },
  })
  const both = await Promise.allSettled([enqueue(start('a', 1)), enqueue(start('a', 2))])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

test('however messages are received, each article gets its own in the order of their time, one at a time', async () => {
  const message = fc.record({ id: fc.constantFrom('a', 'b', 'c'), minute: fc.integer({ min: 0, max: 20 }) })
  const together = fc.uniqueArray(message, { selector: ({ id, minute }) => `${id} ${minute}`, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(together, async (messages) => {
      const { enqueue, open, started, arrived, turn } = simulate()
      const all = Promise.all(messages.map(({ id, minute }) => enqueue(start(id, minute))))
      while (started.length < messages.length) {
        open.clear()
        await turn()
      }
      await all
      for (const id of ['a', 'b', 'c']) {
        const inOrder = messages
          .filter((each) => each.id === id)
          .map(({ minute }) => minute)
          .toSorted((a, b) => a - b)
        expect(started.filter((once) => once.startsWith(id))).toEqual(inOrder.map((minute) => `${id} ${minute}`))
      }
      expect(arrived.toSorted()).toEqual(started.toSorted())
    }),
    { numRuns: 50 },
  )
})

test('one that waits asks ever more seldom, up to once a minute; one whose attempt fails asks every five seconds', async () => {
  const pausesOf = async (attempt: () => Promise<Outcome>) => {
    const pauses: number[] = []
    const enqueue = createPerIdQueue({
      attempt,
      inTurn: (_, work) => work(),
      onArrival: async () => {},
      onWaiting: async () => {},
      onFailure: () => {},
      pause: async (milliseconds) => {
        pauses.push(milliseconds)
        if (pauses.length === 20) throw new Error('stopping')
      },
    })
    await enqueue(start('a', 1)).catch(() => {})
    return pauses
  }
  const waiting = await pausesOf(async () => 'open')
  expect(waiting[0]).toBeLessThanOrEqual(500)
  expect(Math.max(...waiting)).toBeGreaterThan(25_000)
  expect(Math.max(...waiting)).toBeLessThanOrEqual(60_000)
  const failing = await pausesOf(async () => {
    throw new Error('SWF is down')
  })
  expect(Math.max(...failing)).toBeLessThanOrEqual(5_000)
})
