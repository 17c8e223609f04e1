import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isTaken, noticeOf, shippedPackages } from './notice.ts'

const at = (file: string) => new URL(`../../${file}`, import.meta.url)
const shipped = shippedPackages(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')))

test('18.13: NOTICE lists what ships; if not: node scripts/licences/main.ts', () => {
  expect(shipped.length).toBeGreaterThan(50)
  expect(readFileSync(at('NOTICE'), 'utf8')).toBe(noticeOf(shipped))
})

test('18.13: every package that ships is under a licence that lets it', () => {
  expect(shipped.filter(({ licence }) => !isTaken(licence))).toEqual([])
})

test('of alternatives one must be taken, of several all', () => {
  expect(isTaken('(MIT OR GPL-3.0)')).toBe(true)
  expect(isTaken('MIT AND GPL-3.0')).toBe(false)
  expect(isTaken('GPL-3.0')).toBe(false)
  expect(isTaken('unknown')).toBe(false)
})

test('what is only for development does not ship', () => {
  const packages = {
    '': {},
    'node_modules/a': { version: '1.0.0', license: 'MIT' },
    'node_modules/b/node_modules/@x/a': { version: '2.0.0', license: 'ISC' },
    'node_modules/dev': { version: '1.0.0', license: 'MIT', dev: true },
    'node_modules/@continuum/bot': { link: true },
  }
  expect(shippedPackages({ packages })).toEqual([
    { name: '@x/a', version: '2.0.0', licence: 'ISC' },
    { name: 'a', version: '1.0.0', licence: 'MIT' },
  ])
})
