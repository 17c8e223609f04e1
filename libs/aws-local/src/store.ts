import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { prepareTables } from './migration.ts'

/** The database (SQLite) and the folder of object files, both in one data folder. */
export interface Store {
  readonly db: DatabaseSync
  readonly files: string
  readonly transaction: <T>(work: () => T) => T
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
export function openStore(region: string, folder?: string): Store {
  const home = folder ?? mkdtempSync(join(tmpdir(), 'aws-local-'))
  const files = join(home, 'objects')
  makeFolder(resolve(files))
  const db = openDatabase(home, region)
  // A temporary store need not survive a power failure.
  if (folder === undefined) db.exec('PRAGMA synchronous = OFF')
  return {
    db,
    files,
    transaction: transactions(db),
    close() {
      db.close()
      if (folder === undefined) rmSync(home, { recursive: true, force: true })
    },
  }
}

/**
 * Creates a folder (an absolute path) and its parents. Node's recursive option never returns below a folder that answers every
 * mkdir with ENOENT, such as /proc.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process may have created it in the meantime.
    if (!existsSync(path)) throw error
  }
}

function openDatabase(home: string, region: string): DatabaseSync {
  const db = new DatabaseSync(join(home, 'records.sqlite'), { timeout: 200 })
  try {
    // Exclusive: two servers on one store would hand out the same task twice. The lock ends with the process, however it dies.
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    // In WAL mode a commit is a write to the log file, which survives the death of the process: kill -9 loses nothing that was
    // answered. FULL would add an fsync to each commit, which only protects against power failure and costs milliseconds.
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
