import { expect, test } from 'vitest'
import { event } from '../derive/history/messages.fixture.ts'
import type { Arrival } from '../store/messages.ts'
import { createRecorder } from './recorder.ts'

/** Stores when it is told to, and refuses messages whose type is `bad`. */
function startStore() {
  const transactions: string[][] = []
  const gates: PromiseWithResolvers<void>[] = []
  const store = async (arrivals: readonly Arrival[]) => {
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    await gate.promise
    const types = arrivals.map(({ message }) => (message.message_type === 'event' ? message.event_type : ''))
    if (types.includes('bad')) throw new Error('bad is not stored')
    if (types.includes('down')) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' })
    transactions.push(types)
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const proceed = async () => {
    for (await turn(); gates.length > 0; await turn()) gates.shift()?.resolve()
  }
  return { store, transactions, proceed }
}

const one = (...types: string[]) => types.map((type) => event(0, type, 'start'))

test('what arrives while a transaction runs is stored in the next one', async () => {
  const { store, transactions, proceed } = startStore()
  const record = createRecorder(store, 100)
  const all = [record(one('a')), record(one('b', 'c')), record(one('d'))]
  await proceed()
  await Promise.all(all)
  expect(transactions).toEqual([['a'], ['b', 'c', 'd']])
})

test('a transaction has no more than its maximum, but never less than what one caller stores', async () => {
  const { store, transactions, proceed } = startStore()
  const record = createRecorder(store, 3)
  const all = [
    record(one('a')),
    record(one('b', 'c')),
    record(one('d')),
    record(one('e')),
    record(one('f', 'g', 'h', 'i')),
  ]
  await proceed()
  await Promise.all(all)
  expect(transactions).toEqual([['a'], ['b', 'c', 'd'], ['e'], ['f', 'g', 'h', 'i']])
})

test('what cannot be stored fails its caller, and nobody else', async () => {
  const { store, transactions, proceed } = startStore()
  const record = createRecorder(store, 100)
  const all = Promise.allSettled(['a', 'b', 'bad', 'c'].map((type) => record(one(type))))
  await proceed()
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(transactions).toEqual([['a'], ['b'], ['c']])
})

test('while the database is unavailable all callers are told, and none is tried alone', async () => {
  const { store, transactions, proceed } = startStore()
  const record = createRecorder(store, 100)
  const all = Promise.allSettled(['a', 'b', 'down', 'c'].map((type) => record(one(type))))
  await proceed()
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
  expect(transactions).toEqual([['a']])
})
