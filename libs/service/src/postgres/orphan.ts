import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../process/log.ts'

const timeout = { fastMilliseconds: 1500, immediateMilliseconds: 2000 }
const pollMilliseconds = 20

/** Returns the command-line setting that marks the owner of a server for later starts. */
export function ownerMark(owner: number): string {
  return `cluster_name=continuum-${owner}`
}

/** Thrown when a live process already runs the server on this data folder. */
export class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError'
  readonly retry = false
}

/**
 * Stops the server that a killed owner left on a data folder, if there is one. It reads PostgreSQL's lock file, and checks
 * the command line of the process, since its number may belong to another by now. A lock file without a server is
 * removed: PostgreSQL mistakes any live process with that number for the server, even one that is dead but not reaped.
 *
 * @throws DatabaseInUseError when the owner is alive
 */
export async function stopOrphan(data: string, logger: Logger): Promise<void> {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  const server = serverOn(data, pid)
  if (server) {
    if (server.command.split(' ').includes(ownerMark(server.parent)))
      throw new DatabaseInUseError(`The database in ${data} is in use by process ${server.parent}: stop that one first`)
    logger.warn({ pid, data }, 'a database server was left behind by a killed process: stopping it')
    await stopServer(data, pid)
  }
  // Its children may outlive it for a moment and still write. The lock is removed only where they can be seen.
  if (process.platform !== 'linux') return
  for (let waited = 0; waited < timeout.immediateMilliseconds && hasProcess(data); waited += pollMilliseconds)
    await sleep(pollMilliseconds)
  if (!hasProcess(data)) rmSync(lock, { force: true })
}

async function stopServer(data: string, pid: number): Promise<void> {
  for (const [signal, wait] of [
    ['SIGINT', timeout.fastMilliseconds],
    ['SIGQUIT', timeout.immediateMilliseconds],
    ['SIGKILL', timeout.immediateMilliseconds],
  ] as const) {
    process.kill(pid, signal)
    for (let waited = 0; waited < wait; waited += pollMilliseconds) {
      if (!serverOn(data, pid)) return
      await sleep(pollMilliseconds)
    }
  }
}

/** Reports whether a process has this working directory, as a server and all its children do. */
function hasProcess(data: string): boolean {
  const folder = realpathSync(data)
  return readdirSync('/proc').some((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === folder
    } catch {
      return false
    }
  })
}

/** Returns the process with this number if it is the PostgreSQL server of this data. */
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
