import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createGroupSync } from './disk/group-sync.ts'
import { syncFolder } from './disk/sync-folder.ts'
import { prepareTables } from './migration.ts'
import { numberIn } from './shared/rows.ts'

/** The database (SQLite) and the folder of object files, both in one data folder. */
export interface Store {
  readonly db: DatabaseSync
  readonly files: string
  readonly transaction: <T>(work: () => T) => T
  /**
   * Resolves once everything committed so far is on disk, at once (undefined) if it is already. Calls at the same time share a
   * sync. A temporary store is never synced.
   */
  readonly durable: () => Promise<void> | undefined
  /** False if the data folder is a temporary one, which need not survive a power failure. */
  readonly lasting: boolean
  /** Closes the database; removes a temporary data folder. */
  readonly close: () => void
}

/** Thrown at start when another process has the data folder open. Retry after it has stopped. */
export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError'
  constructor(folder: string, options: ErrorOptions) {
    super(
      `The data folder ${folder} is in use by another process: stop that one, or choose another with --data.`,
      options,
    )
  }
}

/**
 * Opens the store in `folder`, creating it if necessary; without `folder`, in a temporary one that is removed when the store
 * closes. Data of earlier versions without regions is assigned to `region`.
 */
export async function openStore(region: string, folder?: string): Promise<Store> {
  const home = folder ?? mkdtempSync(join(tmpdir(), 'aws-local-'))
  const files = join(home, 'objects')
  const created = makeFolder(resolve(files))
  // Objects may be unpublished articles, and messages may be forged by whoever can write them.
  chmodSync(home, 0o700)
  const db = openDatabase(home, region)
  const log = folder === undefined ? undefined : await openLog(home, created)
  // A temporary store need not survive a power failure.
  if (log === undefined) db.exec('PRAGMA synchronous = OFF')
  return {
    db,
    files,
    transaction: transactions(db),
    durable: log ? durability(db, log) : () => undefined,
    lasting: folder !== undefined,
    close() {
      db.close()
      void log?.close()
      if (folder === undefined) rmSync(home, { recursive: true, force: true })
    },
  }
}

/**
 * Creates a folder (an absolute path) and its parents. Node's recursive option never returns below a folder that answers every
 * mkdir with ENOENT, such as /proc. Returns those that it created.
 */
function makeFolder(path: string): readonly string[] {
  if (existsSync(path)) return []
  const above = makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
    return [...above, path]
  } catch (error) {
    // Another process may have created it in the meantime.
    if (!existsSync(path)) throw error
    return above
  }
}

function openDatabase(home: string, region: string): DatabaseSync {
  const db = new DatabaseSync(join(home, 'records.sqlite'), { timeout: 200 })
  try {
    // Exclusive: two servers on one store would hand out the same task twice. The lock ends with the process, however it dies.
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    // In WAL mode a commit is a write to the log file, which survives the death of the process. FULL would add an fsync to each
    // commit, on the one thread that answers; instead, answers wait for an fsync of the log that they share (`durable`).
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    // Checkpoints, each with one fsync, happen every 32 MB instead of every 4.
    db.exec('PRAGMA wal_autocheckpoint = 8000')
    prepareTables(db, region)
    return db
  } catch (cause) {
    db.close()
    if (cause instanceof Error && /locked|busy/.test(cause.message)) throw new DataFolderInUseError(home, { cause })
    throw cause
  }
}

/** The log, open to be synced; the names of the database's files are on disk. */
async function openLog(home: string, created: readonly string[]): Promise<FileHandle> {
  const log = await open(join(home, 'records.sqlite-wal'), 'r+')
  await log.sync()
  for (const folder of new Set([...created.map(dirname), resolve(home)])) await syncFolder(folder)
  return log
}

function durability(db: DatabaseSync, log: FileHandle): Store['durable'] {
  const changes = db.prepare('SELECT total_changes() AS changes')
  const written = () => numberIn(changes.get() ?? {}, 'changes')
  const { settled } = createGroupSync(written, () => log.datasync())
  // Once the database is closed, all connections are cut: nobody hears an answer any more.
  return () => (db.isOpen ? settled() : undefined)
}

function transactions(db: DatabaseSync): Store['transaction'] {
  return (work) => {
    if (db.isTransaction) return work()
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      db.exec('COMMIT')
      return result
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}
