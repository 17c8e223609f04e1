import { randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { link, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/** A file of bytes that never change once it is kept. Its name says nothing of the key. */
export interface Segment {
  readonly file: string
  readonly size: number
}

/** A file that is being written. */
interface Draft {
  readonly handle: FileHandle
  /** Makes the bytes safe on disk and the file one of the store; returns its name. */
  keep(): Promise<string>
  discard(): Promise<void>
}

/** The files behind objects and parts, below one folder. */
export interface ObjectFiles {
  draft(): Promise<Draft>
  /** Another name for the same bytes, at no cost. */
  link(file: string): Promise<string>
  /** Bytes `from`..`to`, both included, of one file. */
  read(file: string, from: number, to: number): AsyncIterable<Buffer>
  /** Keeps these files from being removed until the returned function is called. */
  hold(segments: readonly Segment[]): () => void
  /** Removes files, those that are held once nobody holds them. A failure leaves an orphan for the next start. */
  remove(segments: readonly Segment[]): void
  /** Removes all files but these; for the start, when nothing else runs. */
  sweep(inUse: ReadonlySet<string>): void
}

export function createObjectFiles(folder: string): ObjectFiles {
  const incoming = join(folder, 'incoming')
  rmSync(incoming, { recursive: true, force: true })
  mkdirSync(incoming, { recursive: true })
  const holders = new Map<string, number>()
  const doomed = new Set<string>()

  const pathOf = (file: string) => join(folder, file.slice(0, 2), file)
  const newFile = () => {
    const file = randomUUID()
    mkdirSync(join(folder, file.slice(0, 2)), { recursive: true })
    return file
  }
  const unlink = (file: string) => void rm(pathOf(file), { force: true }).catch(() => {})

  return {
    async draft() {
      const file = newFile()
      const path = join(incoming, file)
      const handle = await open(path, 'wx')
      return {
        handle,
        async keep() {
          await handle.sync()
          await handle.close()
          await rename(path, pathOf(file))
          return file
        },
        async discard() {
          await handle.close()
          await rm(path, { force: true })
        },
      }
    },
    async link(file) {
      const copy = newFile()
      await link(pathOf(file), pathOf(copy))
      return copy
    },
    read: (file, from, to) => createReadStream(pathOf(file), { start: from, end: to, highWaterMark: 262_144 }),
    hold(segments) {
      for (const { file } of segments) holders.set(file, (holders.get(file) ?? 0) + 1)
      return () => {
        for (const { file } of segments) {
          const left = (holders.get(file) ?? 1) - 1
          if (left > 0) holders.set(file, left)
          else holders.delete(file)
          if (left === 0 && doomed.delete(file)) unlink(file)
        }
      }
    },
    remove(segments) {
      for (const { file } of segments) {
        if (holders.has(file)) doomed.add(file)
        else unlink(file)
      }
    },
    sweep(inUse) {
      for (const shelf of readdirSync(folder)) {
        if (shelf === 'incoming') continue
        for (const file of readdirSync(join(folder, shelf))) {
          if (!inUse.has(file)) rmSync(join(folder, shelf, file), { force: true })
        }
      }
    },
  }
}
