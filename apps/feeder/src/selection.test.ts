import { expect, test } from 'vitest'
import { readOptions } from './options.ts'
import { judge } from './selection.ts'

function judged(key: string, ...args: string[]): string {
  const options = readOptions([...args, 'bucket', 'queue'], { out: () => {}, err: () => {} })
  if ('exitCode' in options) throw new Error('these arguments are wrong')
  return judge(key, options)
}

test.each([
  ['vor', 'elife-14721-vor-r1.zip', 'not asked for'],
  ['.*vor', 'elife-14721-vor-r1.zip', 'feed'],
  ['elife-14721-vor-r1', 'elife-14721-vor-r10.zip', 'feed'],
  ['a|elife', 'elife-14721-vor-r1.zip', 'feed'],
  ['a|elife', 'x-elife.zip', 'not asked for'],
])('the filter %s is anchored at the start alone: %s is %s', (filter, key, verdict) => {
  expect(judged(key, '--filter', filter)).toBe(verdict)
})

test.each([
  ['elife-00353-vor-r1.zip', 'feed'],
  ['folder/elife-00353-vor-r1.zip', 'feed'],
  ['folder/', 'not a package'],
  ['elife-00353-vor-r1.zip.bak', 'not a package'],
  ['notes.txt', 'not a package'],
])('%s is: %s', (key, verdict) => {
  expect(judged(key)).toBe(verdict)
})

test('everything can be fed but the folders that consoles make', () => {
  expect(judged('notes.txt', '--everything')).toBe('feed')
  expect(judged('folder/', '--everything')).toBe('not a package')
})
