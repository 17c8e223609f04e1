import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingPlatforms, platformEntry, type LockFile } from './complete-lock.ts'

const lock: LockFile = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))

test('the lock file works with any registry: it names none', () => {
  expect(Object.values(lock.packages).filter((entry) => entry.resolved?.startsWith('http'))).toEqual([])
})

test('the lock file names the packages of every platform, else npm ci refuses it', () => {
  expect(missingPlatforms(lock).map(({ name }) => name)).toEqual([])
})

test("a platform's package tells its platform by its name", () => {
  expect(platformEntry('@nx/nx-linux-arm64-musl', '24.0.6', { dev: true })).toEqual({
    version: '24.0.6',
    cpu: ['arm64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  })
  expect(platformEntry('@oxlint/binding-win32-x64-msvc', '1.94.0', {})).toEqual({
    version: '1.94.0',
    cpu: ['x64'],
    optional: true,
    os: ['win32'],
  })
})
