import { expect, test } from 'vitest'
import { isOfVersion } from './cdn-version.ts'

test.each([
  ['journal-00007-fig1-v1.tif', true],
  ['journal-00007-fig1-v1.jpg', true],
  ['journal-00007-fig1-v1-600w.jpg', true],
  ['journal-00007-v1-download.pdf', true],
  ['journal-00007-data1-v1.tar.gz', true],
  ['journal-00007-fig1-v10.tif', false],
  ['journal-00007-v2.xml', false],
  ['journal-00007-v1-v2.xml', false],
  ['journal-00007-media1.mov', false],
])('%s is of version 1: %s', (name, is) => {
  expect(isOfVersion(name, 1)).toBe(is)
})
