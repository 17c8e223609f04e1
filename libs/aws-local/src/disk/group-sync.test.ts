import { expect, test } from 'vitest'
import { createGroupSync } from './group-sync.ts'

/** A disk whose syncs end when the test says so. */
function disk() {
  const syncs: { done: () => void; failed: (cause: Error) => void }[] = []
  let written = 0
  const group = createGroupSync(
    () => written,
    () => new Promise((done, failed) => syncs.push({ done, failed })),
  )
  return { group, syncs, write: () => void written++ }
}

test('what nobody wrote needs no sync', () => {
  const { group, syncs } = disk()
  expect(group.settled()).toBeUndefined()
  expect(syncs).toEqual([])
})

test('18.1: calls that come while a sync runs share the next one, and none is answered by a sync that began before its write', async () => {
  const { group, syncs, write } = disk()
  const answered: string[] = []
  const call = (name: string) => {
    write()
    return group.settled()?.then(() => answered.push(name))
  }
  const calls = [call('first'), call('second'), call('third'), call('fourth')]
  expect(syncs).toHaveLength(1)
  syncs[0]?.done()
  await calls[0]
  expect(answered).toEqual(['first'])
  await Promise.resolve()
  expect(syncs).toHaveLength(2)
  syncs[1]?.done()
  await Promise.all(calls.map(async (it) => it))
  expect(answered).toEqual(['first', 'second', 'third', 'fourth'])
  expect(group.settled()).toBeUndefined()
})

test('a reader that comes while its data is being synced waits for that sync and starts none', () => {
  const { group, syncs, write } = disk()
  write()
  expect(group.settled()).toBe(group.settled())
  expect(syncs).toHaveLength(1)
})

test('18.1: after a failed sync nothing is acknowledged any more, even if a later sync would succeed', async () => {
  const { group, syncs, write } = disk()
  write()
  const first = group.settled()
  write()
  const second = group.settled()
  syncs[0]?.failed(new Error('EIO'))
  await expect(first).rejects.toThrow('EIO')
  await expect(second).rejects.toThrow('EIO')
  await expect(group.settled()).rejects.toThrow('EIO')
  expect(syncs).toHaveLength(1)
})
