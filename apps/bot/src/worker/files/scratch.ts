import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Temporary space on disk for files that are too large for memory. */
export interface Scratch extends AsyncDisposable {
  /** Makes an empty folder; disposing of it removes it with its contents. */
  folder(): Promise<{ path: string } & AsyncDisposable>
}

const prefix = 'continuum-scratch-'

/**
 * Makes this process's own folder below the system's temporary folder, and removes those of processes that no longer
 * run: a killed worker cannot clean up, and its disk would fill.
 */
export async function openScratch(parent: string = tmpdir()): Promise<Scratch> {
  await clearLeftovers(parent)
  const root = await mkdtemp(join(parent, `${prefix}${process.pid}-`))
  return {
    folder: async () => {
      const path = await mkdtemp(join(root, 'f-'))
      return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}

async function clearLeftovers(parent: string): Promise<void> {
  const left = (await readdir(parent)).filter((name) => name.startsWith(prefix) && !isRunning(ownerOf(name)))
  await Promise.all(left.map((name) => rm(join(parent, name), { recursive: true, force: true })))
}

function ownerOf(name: string): number {
  return Number(name.slice(prefix.length).split('-')[0])
}

/** In a container every start has the same process id, so a folder with our own id is an earlier start's. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
