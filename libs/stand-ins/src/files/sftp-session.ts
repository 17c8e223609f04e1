import { once } from 'node:events'
import { open, type FileHandle } from 'node:fs/promises'
import { posix } from 'node:path'
import ssh2, { type SFTPWrapper } from 'ssh2'
import type { FaultRule, Faults } from '../faults/faults.ts'
import { absolute, type FileStore } from './store.ts'

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp

interface Session {
  readonly store: FileStore
  readonly faults: Faults
  /** Drops the line. */
  readonly cut: () => void
}

interface OpenHandle {
  readonly path: string
  readonly file?: FileHandle
  readonly fault?: FaultRule | undefined
  /** Names of a folder that were not told yet. */
  names?: readonly string[]
}

/** Thrown where an answer other than "failure" is due. */
class StatusError extends Error {
  override readonly name = 'StatusError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Answers one SFTP session. */
export function serveFiles(sftp: SFTPWrapper, { store, faults, cut }: Session): void {
  const handles = new Map<number, OpenHandle>()
  let last = 0

  const keep = (handle: OpenHandle): Buffer => {
    handles.set(++last, handle)
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(last)
    return bytes
  }
  const numberOf = (handle: Buffer) => (handle.length === 4 ? handle.readUInt32BE() : 0)
  const handleOf = (handle: Buffer): OpenHandle => {
    const found = handles.get(numberOf(handle))
    if (found === undefined) throw new StatusError(STATUS_CODE.FAILURE, 'no such handle')
    return found
  }
  /** Runs the work for a request and answers by its error. */
  const work = (id: number, run: () => Promise<void>): void => {
    run().catch((error: unknown) => {
      const status = error instanceof StatusError ? error.status : STATUS_CODE.FAILURE
      sftp.status(id, status, error instanceof Error ? error.message : String(error))
    })
  }
  const found = async (path: string) => {
    const stats = await store.stat(path)
    if (stats === undefined) throw new StatusError(STATUS_CODE.NO_SUCH_FILE, `No such file: ${path}`)
    return stats
  }
  const attributesOf = ({ size, isFolder, modified }: { size: number; isFolder: boolean; modified: Date }) => ({
    mode: isFolder ? 0o040755 : 0o100644,
    uid: 0,
    gid: 0,
    size,
    atime: Math.floor(modified.getTime() / 1000),
    mtime: Math.floor(modified.getTime() / 1000),
  })
  const done = (id: number) => sftp.status(id, STATUS_CODE.OK)

  sftp.on('OPEN', (id, path, flags) =>
    work(id, async () => {
      const writing = (flags & OPEN_MODE.WRITE) !== 0
      if (!writing) await found(path)
      const fault = writing ? faults.take('sftp', path, 'full', 'drop', 'short', 'stall') : undefined
      const file = await open(store.placeOf(path), writing ? ((flags & OPEN_MODE.TRUNC) !== 0 ? 'w' : 'a') : 'r')
      sftp.handle(id, keep({ path, file, fault }))
    }),
  )
  sftp.on('WRITE', (id, handle, offset, data) =>
    work(id, async () => {
      const { file, fault } = handleOf(handle)
      if (fault?.fault === 'stall') return
      if (fault?.fault === 'full') throw new StatusError(STATUS_CODE.FAILURE, 'No space left on device')
      await file?.write(data, 0, data.length, offset)
      done(id)
    }),
  )
  sftp.on('READ', (id, handle, offset, length) =>
    work(id, async () => {
      const buffer = Buffer.alloc(Math.min(length, 256 * 1024))
      const { bytesRead = 0 } = (await handleOf(handle).file?.read(buffer, 0, buffer.length, offset)) ?? {}
      if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, buffer.subarray(0, bytesRead))
    }),
  )
  sftp.on('CLOSE', (id, handle) =>
    work(id, async () => {
      const { file, fault, path } = handleOf(handle)
      handles.delete(numberOf(handle))
      const size = (await file?.stat())?.size ?? 0
      await file?.close()
      if (fault?.fault === 'drop') {
        await store.truncate(path, Math.floor((size * Number(fault.value ?? 60)) / 100))
        return cut()
      }
      if (fault?.fault === 'short') await store.truncate(path, Math.max(0, size - 1))
      done(id)
    }),
  )
  const tell = (id: number, path: string) => work(id, async () => sftp.attrs(id, attributesOf(await found(path))))
  sftp.on('STAT', tell)
  sftp.on('LSTAT', tell)
  sftp.on('FSTAT', (id, handle) =>
    work(id, async () => sftp.attrs(id, attributesOf(await found(handleOf(handle).path)))),
  )
  sftp.on('SETSTAT', done)
  sftp.on('FSETSTAT', done)
  sftp.on('REALPATH', (id, path) => {
    const attrs = attributesOf({ size: 0, isFolder: true, modified: new Date(0) })
    sftp.name(id, [{ filename: absolute(path), longname: absolute(path), attrs }])
  })
  sftp.on('OPENDIR', (id, path) =>
    work(id, async () => {
      await found(path)
      sftp.handle(id, keep({ path, names: await store.list(path) }))
    }),
  )
  sftp.on('READDIR', (id, handle) =>
    work(id, async () => {
      const folder = handleOf(handle)
      if (!folder.names?.length) {
        sftp.status(id, STATUS_CODE.EOF)
        return
      }
      const entries = await Promise.all(
        folder.names.map(async (filename) => {
          const stats = await found(posix.join(folder.path, filename))
          const kind = stats.isFolder ? 'd' : '-'
          const longname = `${kind}rw-r--r-- 1 standin standin ${stats.size} Jan  1 00:00 ${filename}`
          return { filename, longname, attrs: attributesOf(stats) }
        }),
      )
      folder.names = []
      sftp.name(id, entries)
    }),
  )
  sftp.on('MKDIR', (id, path) => work(id, async () => store.makeFolder(path).then(() => done(id))))
  const remove = (id: number, path: string) =>
    work(id, async () => {
      await found(path)
      await store.remove(path)
      done(id)
    })
  sftp.on('REMOVE', remove)
  sftp.on('RMDIR', remove)
  sftp.on('RENAME', (id, from, to) =>
    work(id, async () => {
      await found(from)
      // As OpenSSH does: a rename replaces nothing.
      if (await store.stat(to)) throw new StatusError(STATUS_CODE.FAILURE, `File exists: ${to}`)
      await store.rename(from, to)
      if (faults.take('sftp', to, 'lost-reply')) cut()
      else done(id)
    }),
  )
  void once(sftp, 'close').then(async () => {
    for (const { file } of handles.values()) await file?.close()
  })
}
