import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Room on disk for files that are too large for memory. It is emptied as they are used, and never kept. */
export interface Scratch extends AsyncDisposable {
  /** A new, empty folder; disposing of it removes it with all that is in it. */
  folder(): Promise<{ path: string } & AsyncDisposable>
}

const prefix = 'continuum-scratch-'

/**
 * Makes this process's own room below the system's temporary folder, and clears what processes that are gone have
 * left: a killed worker could not tidy up, and its disk would fill.
 */
export async function openScratch(parent: string = tmpdir()): Promise<Scratch> {
  await clearLeftovers(parent)
  const room = await mkdtemp(join(parent, `${prefix}${process.pid}-`))
  return {
    folder: async () => {
      const path = await mkdtemp(join(room, 'f-'))
      return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
    },
    [Symbol.asyncDispose]: () => rm(room, { recursive: true, force: true }),
  }
}

async function clearLeftovers(parent: string): Promise<void> {
  const left = (await readdir(parent)).filter((name) => name.startsWith(prefix) && !isAlive(ownerOf(name)))
  await Promise.all(left.map((name) => rm(join(parent, name), { recursive: true, force: true })))
}

function ownerOf(name: string): number {
  return Number(name.slice(prefix.length).split('-')[0])
}

/** In a container every life has the same process id, so rooms under our own one are an earlier life's. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
