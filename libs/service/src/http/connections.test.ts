import { expect, test } from 'vitest'
import { startServer } from './connections.fixture.ts'

/** 18.10: slow clients, and many of them. */

const halfAHead = 'GET /ping HTTP/1.1\r\nHost: x\r\n'
const halfABody =
  'POST /echo HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"a":'

// Other systems have one loopback address.
const addresses = process.platform === 'linux'

test.skipIf(!addresses)('18.10: an address that has its share of connections gets no more, others do', async () => {
  const { slow, read } = await startServer({ perAddress: 10, total: 100 })
  const crowd = await Promise.all(Array.from({ length: 12 }, () => slow(halfAHead, '127.0.0.2')))
  await expect.poll(() => crowd.filter(({ closed }) => closed).length).toBe(2)
  expect(await read()).toBe('pong')
})

test('18.10: a trusted proxy connects for many', async () => {
  const { slow } = await startServer({ perAddress: 2, total: 100 }, ['127.0.0.0/8'])
  const crowd = await Promise.all(Array.from({ length: 12 }, () => slow(halfAHead)))
  await new Promise((resolve) => setImmediate(resolve))
  expect(crowd.filter(({ closed }) => closed)).toEqual([])
})

test.skipIf(!addresses)(
  '18.10: when all connections are in use by slow clients of many addresses, the longest waiting makes room for a reader',
  async () => {
    const { slow, read } = await startServer({ perAddress: 10, total: 50 })
    const crowd = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        slow(at % 2 ? halfABody : halfAHead, `127.0.1.${1 + Math.floor(at / 10)}`),
      ),
    )
    await expect.poll(() => crowd.filter(({ closed }) => closed).length).toBe(50)
    for (let reader = 0; reader < 20; reader++) expect(await read()).toBe('pong')
  },
)
