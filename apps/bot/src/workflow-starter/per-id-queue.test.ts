import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLines, type Attempt } from './per-id-queue.ts'
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

/** A world in which executions are open until they are closed; what is started is noted. */
function world({ fails = () => false }: { fails?: () => boolean } = {}) {
  const open = new Set<string>()
  const started: string[] = []
  const waiting: string[] = []
  const arrived: string[] = []
  const turns: (() => void)[] = []
  const enter = createLines({
    attempt: async ({ workflowId, once }): Promise<Attempt> => {
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
  /** Lets every line look again. */
  const turn = async () => {
    await settled()
    for (const wake of turns.splice(0)) wake()
    await settled()
  }
  return { enter, open, started, waiting, arrived, turn, idle: () => turns.length === 0 }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('executions of different ids do not wait for each other', async () => {
  const { enter, started } = world()
  await Promise.all([enter(start('a', 1)), enter(start('b', 2))])
  expect(started).toEqual(['a 1', 'b 2'])
})

test('the second of one article waits until the first has ended, and says so once', async () => {
  const { enter, open, started, waiting, turn } = world()
  await enter(start('a', 1))
  const second = enter(start('a', 2))
  await turn()
  await turn()
  expect(started).toEqual(['a 1'])
  open.delete('a')
  await turn()
  await expect(second).resolves.toBe('started')
  expect(waiting).toEqual(['a 2'])
})

test('all that wait say so, not the first of them alone', async () => {
  const { enter, waiting, arrived, turn } = world()
  await enter(start('a', 1))
  const later = [enter(start('a', 2)), enter(start('a', 3)), enter(start('a', 4))]
  await turn()
  expect(arrived).toEqual(['a 1', 'a 2', 'a 3', 'a 4'])
  expect(waiting).toEqual(['a 2', 'a 3', 'a 4'])
  expect(later).toHaveLength(3)
})

test('what arrived earlier comes first, though it was received later', async () => {
  const { enter, open, started, turn } = world()
  await enter(start('a', 1))
  const later = [enter(start('a', 5)), enter(start('a', 3)), enter(start('a', 4))]
  while (started.length < 4) {
    open.clear()
    await turn()
  }
  await Promise.all(later)
  expect(started).toEqual(['a 1', 'a 3', 'a 4', 'a 5'])
})

test('a repetition of what has started is done, and starts nothing', async () => {
  const { enter, started } = world()
  await enter(start('a', 1))
  await expect(enter(start('a', 1))).resolves.toBe('repeated')
  expect(started).toEqual(['a 1'])
})

test('nothing is given up while SWF is down', async () => {
  let down = true
  const { enter, started, turn } = world({ fails: () => down })
  const entered = enter(start('a', 1))
  await turn()
  await turn()
  down = false
  await turn()
  await expect(entered).resolves.toBe('started')
  expect(started).toEqual(['a 1'])
})

test('a start that can never succeed does not hold up those behind it', async () => {
  const enter = createLines({
    attempt: async ({ once }) => {
      if (once === 'a 1') throw Object.assign(new Error('too large'), { retry: false })
      return 'started'
    },
    onArrival: async () => {},
    onWaiting: async () => {},
    onFailure: () => {},
    pause: async () => {},
  })
  const [first, second] = await Promise.allSettled([enter(start('a', 1)), enter(start('a', 2))])
  expect(first).toMatchObject({ status: 'rejected', reason: { message: 'too large' } })
  expect(second).toMatchObject({ status: 'fulfilled', value: 'started' })
})

test('whoever waits when the process stops is told so', async () => {
  const enter = createLines({
    attempt: async () => 'open',
    onArrival: async () => {},
    onWaiting: async () => {},
    onFailure: () => {},
    pause: async () => {
      throw new Error('stopping')
    },
  })
  const both = await Promise.allSettled([enter(start('a', 1)), enter(start('a', 2))])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

test('however messages are received, each article gets its own in the order of their time, one at a time', async () => {
  const message = fc.record({ id: fc.constantFrom('a', 'b', 'c'), minute: fc.integer({ min: 0, max: 20 }) })
  const together = fc.uniqueArray(message, { selector: ({ id, minute }) => `${id} ${minute}`, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(together, async (messages) => {
      const { enter, open, started, arrived, turn } = world()
      const all = Promise.all(messages.map(({ id, minute }) => enter(start(id, minute))))
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
