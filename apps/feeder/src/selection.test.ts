import { expect, test } from 'vitest'
import { readOptions } from './options.ts'
import { select } from './selection.ts'

function selectd(key: string, ...args: string[]): string {
  const options = readOptions([...args, 'bucket', 'queue'], { out: () => {}, err: () => {} })
  if ('exitCode' in options) throw new Error('these arguments are wrong')
  return select(key, options)
}

test.each([
  ['vor', 'elife-14721-vor-r1.zip', 'not selected'],
  ['.*vor', 'elife-14721-vor-r1.zip', 'feed'],
  ['elife-14721-vor-r1', 'elife-14721-vor-r10.zip', 'feed'],
  ['a|elife', 'elife-14721-vor-r1.zip', 'feed'],
  ['a|elife', 'x-elife.zip', 'not selected'],
])('the filter %s is anchored at the start alone: %s is %s', (filter, key, verdict) => {
  expect(selectd(key, '--filter', filter)).toBe(verdict)
})

test.each([
  ['elife-00353-vor-r1.zip', 'feed'],
  ['folder/elife-00353-vor-r1.zip', 'feed'],
  ['folder/', 'not a package'],
  ['elife-00353-vor-r1.zip.bak', 'not a package'],
  ['notes.txt', 'not a package'],
])('%s is: %s', (key, verdict) => {
  expect(selectd(key)).toBe(verdict)
})

test('everything can be fed but the folders that consoles make', () => {
  expect(selectd('notes.txt', '--everything')).toBe('feed')
  expect(selectd('folder/', '--everything')).toBe('not a package')
})
