import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { awsKeyOf, awsKeysFile, openDataDirectory } from './data-directory.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'continuum-data-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('18.9: the key of aws-local is drawn at the first start, kept, and readable by its owner only', () => {
  const [one, other] = [openDataDirectory(newFolder(), '/'), openDataDirectory(newFolder(), '/')]
  const key = awsKeyOf(one)
  expect(key.secret.length).toBeGreaterThanOrEqual(40)
  expect(awsKeyOf(one)).toEqual(key)
  expect(awsKeyOf(other)).not.toEqual(key)
  expect(modeOf(join(one.path, awsKeysFile))).toBe('600')
})

test('18.9: nobody else lists the data directory or reads a log, whatever its modes were before', () => {
  const { path, logs } = openDataDirectory(newFolder(), '/')
  // As root, the account of PostgreSQL passes through.
  expect(modeOf(path)).toBe(process.getuid?.() === 0 ? '711' : '700')
  expect(modeOf(logs)).toBe('700')
})
