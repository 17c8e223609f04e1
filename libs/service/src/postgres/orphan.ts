import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../process/log.ts'

const patience = { fastMilliseconds: 1500, immediateMilliseconds: 2000, pollMilliseconds: 20 }

/** What a server carries on its command line so that a later start knows whose it is. */
export function ownerMark(owner: number): string {
  return `cluster_name=continuum-${owner}`
}

/** Thrown when a live process already runs the server on this data folder. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse'
  readonly retry = false
}

/**
 * Stops the server that a killed owner left on this data folder, if there is one. It goes by the lock file that
 * PostgreSQL itself keeps there, and by the process's command line, for a process number may since belong to another.
 * A lock file without its server is removed: PostgreSQL takes any living process of that number for the server, and one
 * that is dead but not reaped yet as well.
 *
 * @throws DatabaseInUse when its owner lives
 */
export async function stopOrphan(data: string, logger: Logger): Promise<void> {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  const server = serverOn(data, pid)
  if (server) {
    if (server.command.split(' ').includes(ownerMark(server.parent)))
      throw new DatabaseInUse(`The database in ${data} is in use by process ${server.parent}: stop that one first`)
    logger.warn({ pid, data }, 'a database server was left behind by a killed process: stopping it')
    await stopServer(data, pid)
  }
  // Its children may outlive it by a moment, and still write. Only where they can be seen is the lock taken away.
  if (process.platform !== 'linux') return
  for (let waited = 0; waited < patience.immediateMilliseconds && someoneIn(data); waited += patience.pollMilliseconds)
    await sleep(patience.pollMilliseconds)
  if (!someoneIn(data)) rmSync(lock, { force: true })
}

async function stopServer(data: string, pid: number): Promise<void> {
  for (const [signal, wait] of [
    ['SIGINT', patience.fastMilliseconds],
    ['SIGQUIT', patience.immediateMilliseconds],
    ['SIGKILL', patience.immediateMilliseconds],
  ] as const) {
    process.kill(pid, signal)
    for (let waited = 0; waited < wait; waited += patience.pollMilliseconds) {
      if (!serverOn(data, pid)) return
      await sleep(patience.pollMilliseconds)
    }
  }
}

/** Whether a process works in this folder, as a server and all its children do. */
function someoneIn(data: string): boolean {
  const folder = realpathSync(data)
  return readdirSync('/proc').some((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === folder
    } catch {
      return false
    }
  })
}

/** The PostgreSQL server with this number and on this data, if that is what the process is. */
function serverOn(data: string, pid: number): { parent: number; command: string } | undefined {
  const found = processOf(pid)
  return found?.command.includes('postgres') && found.command.includes(data) ? found : undefined
}

function processOf(pid: number): { parent: number; command: string } | undefined {
  if (!(pid > 1)) return undefined
  if (process.platform === 'linux') {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      return { parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), command }
    } catch {
      return undefined
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' })
  const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(stdout) ?? []
  return parent && command ? { parent: Number(parent), command } : undefined
}
