import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

/** The account of the operating system that PostgreSQL runs as. */
export interface Account {
  uid: number
  gid: number
}

/**
 * Returns the account to run PostgreSQL as; undefined for an ordinary user, who runs it himself. PostgreSQL refuses to run
 * as root: then it is the owner of the data if there is data already, else the account `postgres`, else `nobody`.
 *
 * @throws when there is no such account
 */
export function accountFor(data: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(data, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find(([account]) => account === name) ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'PostgreSQL does not run as root, and neither the account `postgres` nor `nobody` exists: run as an ordinary user, or set DATABASE_URL',
  )
}

/** Reports whether the account may enter all folders down to this one. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (!account) return true
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}
