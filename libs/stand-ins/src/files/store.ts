import { createReadStream, createWriteStream, mkdirSync, type ReadStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, truncate } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** A file that lies at a file recipient. */
export interface StoredFile {
  /** From the root of the account: `/inbox/elife-00353.zip`. */
  readonly path: string
  readonly size: number
}

/** The folder of one account, by paths that begin at its root; no path leads out of it. */
export interface FileStore {
  readonly stat: (path: string) => Promise<{ size: number; isFolder: boolean; modified: Date } | undefined>
  readonly list: (path: string) => Promise<readonly string[]>
  readonly makeFolder: (path: string) => Promise<void>
  readonly remove: (path: string) => Promise<void>
  readonly rename: (from: string, to: string) => Promise<void>
  readonly truncate: (path: string, size: number) => Promise<void>
  readonly write: (path: string) => WriteStream
  readonly read: (path: string) => ReadStream
  readonly content: (path: string) => Promise<Buffer>
  /** Place on this machine. */
  readonly placeOf: (path: string) => string
  /** All files below a folder. */
  readonly files: (below?: string) => Promise<readonly StoredFile[]>
}

export function createStore(folder: string): FileStore {
  mkdirSync(folder, { recursive: true })
  const placeOf = (path: string) => join(folder, absolute(path))
  const statOf = async (path: string) => {
    const found = await stat(placeOf(path)).catch(() => undefined)
    return found && { size: found.size, isFolder: found.isDirectory(), modified: found.mtime }
  }
  const files = async (below = '/'): Promise<readonly StoredFile[]> => {
    const entries = await readdir(placeOf(below), { withFileTypes: true })
    const found = await Promise.all(
      entries.map(async (entry) => {
        const path = posix.join(below, entry.name)
        return entry.isDirectory() ? files(path) : [{ path, size: (await statOf(path))?.size ?? 0 }]
      }),
    )
    return found.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1))
  }
  return {
    stat: statOf,
    list: async (path) => (await readdir(placeOf(path))).toSorted(),
    makeFolder: async (path) => mkdir(placeOf(path)),
    remove: async (path) => rm(placeOf(path), { recursive: true }),
    rename: async (from, to) => rename(placeOf(from), placeOf(to)),
    truncate: async (path, size) => truncate(placeOf(path), size),
    write: (path) => createWriteStream(placeOf(path)),
    read: (path) => createReadStream(placeOf(path)),
    content: async (path) => readFile(placeOf(path)),
    placeOf,
    files,
  }
}

/** A path from the account's root without `.` and `..`; a relative one begins at `from`. */
export function absolute(path: string, from = '/'): string {
  return posix.normalize(posix.join('/', path.startsWith('/') ? '' : from, path))
}
