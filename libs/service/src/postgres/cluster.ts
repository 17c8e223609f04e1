import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'

/** The superuser of the cluster; the services connect as it. */
export const superuser = 'continuum'

const passwordFile = 'continuum-password'

/** The environment of the executables: English messages, whatever the locale of the machine. */
export const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * Creates the data of a new server (a "cluster" in PostgreSQL) if there is none. It is created in a temporary folder and
 * moved into place when it is complete, so that an interrupted one is created again.
 *
 * @throws with the output of initdb when it fails
 */
export async function createCluster(options: {
  data: string
  binaries: Binaries
  account: Account | undefined
  throwAway: boolean
}): Promise<void> {
  const { data, binaries, account, throwAway } = options
  if (existsSync(join(data, 'PG_VERSION'))) return
  const making = `${data}.making`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true, mode: 0o700 })
  const password = `${making}.password`
  writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (account) for (const path of [making, password]) chownSync(path, account.uid, account.gid)
  await initialise({ folder: making, password, binaries, account, throwAway })
  renameSync(password, join(making, passwordFile))
  renameSync(making, data)
}

/** Reads the superuser's password: random for each cluster, in its folder, which only its account can read. */
export function passwordOf(data: string): string {
  return readFileSync(join(data, passwordFile), 'utf8')
}

async function initialise(options: {
  folder: string
  password: string
  binaries: Binaries
  account: Account | undefined
  throwAway: boolean
}): Promise<void> {
  const { folder, password, binaries, account, throwAway } = options
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const child = spawn(
    binaries.initdb,
    [
      `--pgdata=${folder}`,
      `--username=${superuser}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(throwAway ? ['--no-sync'] : []),
    ],
    { ...account, cwd: '/', env: environment, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.on('error', reject)
  child.on('close', (code) => {
    if (code === 0) resolve()
    else reject(new Error(`initdb failed in ${folder}: ${output.trim()}`))
  })
  return promise
}
