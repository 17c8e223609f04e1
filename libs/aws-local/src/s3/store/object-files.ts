import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { link, open, rename, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createFolders } from './object-folders.ts'
import type { Segment } from '../model/range.ts'

/** A file that is being written. */
interface Draft {
  /**
   * Appends content; resolves when there is room for more, which is before the bytes are on disk. The caller must not change the
   * buffer.
   */
  write(content: Buffer): void | Promise<void>
  /** Syncs the bytes to disk and adds the file to the store; returns its name. */
  keep(): Promise<string>
  discard(): Promise<void>
}

/** The files behind objects and parts, below one folder. */
export interface ObjectFiles {
  draft(): Promise<Draft>
  /** A hard link to a file: the same bytes under another name. */
  link(file: string): Promise<string>
  /** Bytes `from`..`to`, both included, of one file. */
  read(file: string, from: number, to: number): AsyncIterable<Buffer>
  /** Keeps these files from being removed until the returned function is called. */
  hold(segments: readonly Segment[]): () => void
  /** Removes files, held ones once they are released. A failure leaves an orphan for the next start. */
  remove(segments: readonly Segment[]): void
  /** Removes all files but these; called at start, before anything else runs. */
  sweep(inUse: ReadonlySet<string>): void
}

/** Rules for the disk below the files. */
interface Keeping {
  /** Resolves once the rows that name the files are on disk. */
  readonly durable: () => Promise<void> | undefined
  /** True if files must survive a power failure. */
  readonly lasting: boolean
}

export function createObjectFiles(folder: string, { durable, lasting }: Keeping): ObjectFiles {
  const incoming = join(folder, 'incoming')
  rmSync(incoming, { recursive: true, force: true })
  mkdirSync(incoming, { recursive: true })
  const holders = new Map<string, number>()
  const awaitingRemoval = new Set<string>()

  const pathOf = (file: string) => join(folder, file.slice(0, 2), file)
  const folders = createFolders(folder, lasting)
  // Not before the rows are on disk that no longer name it: after a power failure, the earlier rows would name a lost file.
  const remove = (file: string) =>
    void Promise.resolve(durable())
      .then(() => unlink(pathOf(file)))
      .catch(() => {})

  return {
    async draft() {
      const file = folders.newFile()
      const path = join(incoming, file)
      const handle = await open(path, 'wx')
      const { write, end } = writeInBatches(handle, lasting ? syncEvery : Infinity)
      return {
        write,
        async keep() {
          await end()
          if (lasting) await handle.sync()
          await handle.close()
          await rename(path, pathOf(file))
          await folders.named(file)
          return file
        },
        async discard() {
          await end().catch(() => {})
          await handle.close()
          await unlink(path)
        },
      }
    },
    async link(file) {
      const copy = folders.newFile()
      await link(pathOf(file), pathOf(copy))
      await folders.named(copy)
      return copy
    },
    read(file, from, to) {
      const path = pathOf(file)
      return to - from < readSize
        ? readAtOnce(path, from, to)
        : createReadStream(path, { start: from, end: to, highWaterMark: readSize })
    },
    hold(segments) {
      for (const { file } of segments) holders.set(file, (holders.get(file) ?? 0) + 1)
      return () => {
        for (const { file } of segments) {
          const left = (holders.get(file) ?? 1) - 1
          if (left > 0) holders.set(file, left)
          else holders.delete(file)
          if (left === 0 && awaitingRemoval.delete(file)) remove(file)
        }
      }
    },
    remove(segments) {
      for (const { file } of segments) {
        if (holders.has(file)) awaitingRemoval.add(file)
        else remove(file)
      }
    },
    sweep(inUse) {
      for (const subfolder of readdirSync(folder)) {
        if (subfolder === 'incoming') continue
        for (const file of readdirSync(join(folder, subfolder))) {
          if (!inUse.has(file)) rmSync(join(folder, subfolder, file), { force: true })
        }
      }
    },
  }
}

const readSize = 256 * 1024

/** Reads a few bytes without the overhead of a stream. */
async function* readAtOnce(path: string, from: number, to: number): AsyncGenerator<Buffer, undefined> {
  const handle = await open(path)
  try {
    const content = Buffer.allocUnsafe(to - from + 1)
    const { bytesRead } = await handle.read(content, 0, content.length, from)
    yield content.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

// One sync of a gigabyte would hold up the log's syncs, and with them every answer of the server.
const syncEvery = 8 * 1024 ** 2

// Each write is a round trip to another thread: a small object needs one, a large one very few.
const batchSize = 1024 ** 2

/** Writes one batch while the next one fills, and syncs the file whenever `unsynced` bytes have gathered. */
function writeInBatches(handle: FileHandle, unsynced: number): { write: Draft['write']; end: () => Promise<void> } {
  let batch: Buffer[] = []
  let size = 0
  let gathered = 0
  let writing: Promise<void> = Promise.resolve()

  async function flush(): Promise<void> {
    await writing
    const full = batch
    gathered += size
    batch = []
    size = 0
    if (full.length === 0) return
    const syncs = gathered >= unsynced
    if (syncs) gathered = 0
    writing = writeWhole(handle, full).then(() => (syncs ? handle.datasync() : undefined))
    // Reported to the next caller that waits.
    writing.catch(() => {})
  }
  return {
    write(content) {
      batch.push(content)
      size += content.length
      return size < batchSize ? undefined : flush()
    },
    async end() {
      await flush()
      await writing
    },
  }
}

async function writeWhole(handle: FileHandle, batch: readonly Buffer[]): Promise<void> {
  const size = batch.reduce((sum, { length }) => sum + length, 0)
  const { bytesWritten } = await handle.writev(batch)
  if (bytesWritten < size) await handle.appendFile(Buffer.concat(batch).subarray(bytesWritten))
}
