import { chownSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { accountFor } from './account.ts'
import { locateData } from './data-directory.ts'

const isRoot = process.getuid?.() === 0

describe.skipIf(!isRoot)(`data in a folder that is closed to PostgreSQL${isRoot ? '' : ' (skipped: not root)'}`, () => {
  test('a copy of a data directory moves to where PostgreSQL may go, with its files and their owner', () => {
    const closed = mkdtempSync(join(tmpdir(), 'data-directory-'))
    onTestFinished(() => rmSync(closed, { recursive: true }))
    const dataDir = join(closed, 'copy', 'postgres')
    const account = accountFor(dataDir) ?? expect.fail('root has an account for PostgreSQL')
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(join(dataDir, 'PG_VERSION'), '18')
    for (const path of [dataDir, join(dataDir, 'PG_VERSION')]) chownSync(path, account.uid, account.gid)

    const { data, elsewhere } = locateData(dataDir, account)
    onTestFinished(() => rmSync(dirname(data), { recursive: true }))
    expect(elsewhere).toBe(true)
    expect(readFileSync(join(data, 'PG_VERSION'), 'utf8')).toBe('18')
    expect(statSync(join(data, 'PG_VERSION')).uid).toBe(account.uid)
    expect(lstatSync(dataDir).isSymbolicLink()).toBe(true)
    expect(locateData(dataDir, account)).toEqual({ data, elsewhere: true })
  })
})
