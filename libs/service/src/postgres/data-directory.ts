import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { canEnter, type Account } from './account.ts'
import { noteOwner } from './left-behind.ts'

/** The folder for what root and the account of PostgreSQL must both be able to reach. */
export const systemFolder = '/var/lib/continuum'

/**
 * Returns the data directory. It is `dataDir` itself, or, if the account may not enter the folder above it (root's home is
 * closed to others), a folder of its own below `/var/lib/continuum`, to which `dataDir` becomes a symbolic link. What is in
 * `dataDir` moves there.
 */
export function locateData(dataDir: string, account: Account | undefined): { data: string; elsewhere: boolean } {
  const entry = lstatSync(dataDir, { throwIfNoEntry: false })
  if (entry?.isSymbolicLink()) {
    const data = readlinkSync(dataDir)
    if (existsSync(dirname(data))) return { data, elsewhere: true }
    unlinkSync(dataDir)
  }
  mkdirSync(dirname(dataDir), { recursive: true })
  if (canEnter(account, dirname(dataDir))) return { data: dataDir, elsewhere: false }
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
  const folder = mkdtempSync(join(systemFolder, 'data-'))
  chmodSync(folder, 0o755)
  const data = join(folder, 'postgres')
  // A copy of a data directory has real files where the link was. `mv` keeps their owner, and goes from disk to disk.
  if (entry?.isDirectory()) execFileSync('mv', [dataDir, data])
  symlinkSync(data, dataDir)
  noteOwner(folder, dataDir)
  return { data, elsewhere: true }
}
