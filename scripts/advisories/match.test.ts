import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findAffected, isAffected, parseAdvisories, type Advisory } from './match.ts'
import { parseAudit } from './registry.ts'

/** 18.13: a dependency audit that works against any registry. */

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
const advisory: Advisory = {
  id: 'CVE-2024-21538',
  package: 'cross-spawn',
  title: 'slow',
  severity: 'high',
  ranges: [{ fixed: '6.0.6' }, { from: '7.0.0', fixed: '7.0.5' }],
}

test.each([
  ['6.0.5', true],
  ['6.0.6', false],
  ['6.10.0', false],
  ['7.0.0', true],
  ['7.0.4', true],
  ['7.0.5-beta.1', true],
  ['7.0.5', false],
  ['10.0.0', false],
])('version %s is affected: %s', (version, expected) => {
  expect(isAffected(version, advisory)).toBe(expected)
})

test('an affected package is found wherever it is installed, and one of another name is not', () => {
  const packages = {
    '': {},
    'apps/cross-spawn': { version: '1.0.0' },
    'node_modules/cross-spawn': { version: '7.0.6' },
    'node_modules/a/node_modules/cross-spawn': { version: '7.0.1', dev: true },
    'node_modules/@x/cross-spawn': { version: '7.0.1' },
  }
  const file = { reviewed: '2026-11-30', note: '', advisories: [advisory] }
  expect(findAffected({ packages }, file)).toEqual([
    { advisory, version: '7.0.1', place: 'node_modules/a/node_modules/cross-spawn', dev: true },
  ])
})

test('18.13: nothing that is installed has an advisory in the checked-in file', () => {
  const file = parseAdvisories(read('advisories.json'))
  expect(file.advisories.length).toBeGreaterThan(0)
  expect(findAffected(read('../../package-lock.json'), file)).toEqual([])
})

test('18.13: a registry without an audit is told from one that finds nothing', () => {
  expect(parseAudit('')).toBeUndefined()
  expect(parseAudit('{"error":{"code":"ENOAUDIT","summary":"405"}}')).toBeUndefined()
  expect(parseAudit('{"vulnerabilities":{},"metadata":{"vulnerabilities":{"total":0}}}')).toBeDefined()
})
