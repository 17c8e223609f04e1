import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Type } from 'typebox'
import { awsKeyOf, clearDataDirectory, openDataDirectory, readState, secretsOf, writeState } from './data-directory.ts'
import { UserError } from '../errors/user-error.ts'

let base: string
beforeEach(() => void (base = mkdtempSync(join(tmpdir(), 'data-folder-'))))
afterEach(() => rmSync(base, { recursive: true, force: true }))

test('secrets are drawn once, and only their owner can read them', () => {
  const data = openDataDirectory('.continuum', base)
  const drawn = secretsOf(data)
  expect(secretsOf(openDataDirectory('.continuum', base))).toEqual(drawn)
  // The stand-ins take the same from everybody.
  const own = Object.values(drawn).filter((secret) => secret !== 'stand-in')
  expect(new Set(own).size).toBe(own.length)
  expect(own.length).toBeGreaterThan(14)
  expect(statSync(join(data.path, 'secrets.json')).mode & 0o077).toBe(0)
})

test('a state file that is broken, or of another shape, counts as absent', () => {
  const data = openDataDirectory('.continuum', base)
  const Shape = Type.Object({ a: Type.Integer() })
  expect(readState(data, 'x.json', Shape)).toBeUndefined()
  writeFileSync(join(data.path, 'x.json'), '{"a":')
  expect(readState(data, 'x.json', Shape)).toBeUndefined()
  writeState(data, 'x.json', { a: 'one' })
  expect(readState(data, 'x.json', Shape)).toBeUndefined()
  writeState(data, 'x.json', { a: 1 })
  expect(readState(data, 'x.json', Shape)).toEqual({ a: 1 })
})

test('--fresh forgets its own state, but neither what Node compiled nor what is not its own', () => {
  const data = openDataDirectory('.continuum', base)
  const elsewhere = join(base, 'elsewhere')
  mkdirSync(elsewhere)
  symlinkSync(elsewhere, data.postgres)
  mkdirSync(data.compiled)
  mkdirSync(join(data.path, 'thesis'))
  secretsOf(data)
  clearDataDirectory(data)
  expect(readdirSync(data.path).toSorted()).toEqual(['compiled', 'logs', 'thesis'])
  expect(existsSync(elsewhere)).toBe(true)
})

test('starting afresh keeps the keys of aws-local, which this process has read', () => {
  const data = openDataDirectory('.continuum', base)
  const key = awsKeyOf(data)
  clearDataDirectory(data)
  expect(awsKeyOf(data)).toEqual(key)
})

test('no folder is refused', () => {
  expect(() => openDataDirectory('', base)).toThrow(UserError)
})

test('a folder that cannot be made is refused in one line', () => {
  writeFileSync(join(base, 'file'), '')
  expect(() => openDataDirectory('file/below', base)).toThrow(UserError)
})
