import { journalsOf } from '@continuum/article'
import { loadEnvironment } from '@continuum/environments'
import { expect, test } from 'vitest'
import { readVersions } from './versions.ts'

const journals = journalsOf((await loadEnvironment('local')).journals)

test('articles are named by their ids, as a person writes them, with a version or without', () => {
  expect(readVersions(['353', '00353v2', 'ijm-00202v1'], journals)).toEqual([
    { id: '00353' },
    { id: '00353', version: 2 },
    { id: 'ijm-00202', version: 1 },
  ])
})

test('what names no article is listed, all of it', () => {
  expect(() => readVersions(['353', 'nothing!', 'a b'], journals)).toThrow(/ {2}nothing!\n {2}a b\n/)
})
