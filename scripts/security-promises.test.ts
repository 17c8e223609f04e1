import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** SECURITY.md says what is promised for each surface; a test stands behind each promise. */

const at = (file: string) => new URL(`../${file}`, import.meta.url)
const promises = [
  ...readFileSync(at('SECURITY.md'), 'utf8').matchAll(/^\| (\S+) +\| (.+?) +\| `([^`]+)`: (.+?) +\|$/gm),
].map(([, surface = '', promise = '', file = '', name = '']) => ({ surface, promise, file, name }))

test('18.13: every surface has a promise', () => {
  expect([...new Set(promises.map(({ surface }) => surface))].toSorted()).toEqual(
    ['CDN', 'aws-local', 'dashboard', 'journal', 'laptop', 'lax', 'package', 'packages', 'services'].toSorted(),
  )
})

test.each(promises)('18.13: $surface: $promise', ({ file, name }) => {
  expect(existsSync(at(file)), file).toBe(true)
  expect(readFileSync(at(file), 'utf8')).toContain(name)
})
