import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { prepareTables } from './migration.ts'

/** The records (SQLite) and the folder of object files, both below one data folder. */
export interface Store {
  readonly db: DatabaseSync
  readonly files: string
  readonly transaction: <T>(work: () => T) => T
  /** Closes the database; a temporary data folder is removed with all it holds. */
  readonly close: () => void
}

/** Thrown at start when another server (or a tool) has the data folder open. Retry once that one has stopped. */
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
 * Opens the store in `folder`, made where absent; without `folder`, in a temporary one that goes when the store closes. What an earlier
 * version kept without a region is `region`'s from then on.
 */
export function openStore(region: string, folder?: string): Store {
  const home = folder ?? mkdtempSync(join(tmpdir(), 'aws-local-'))
  const files = join(home, 'objects')
  makeFolder(resolve(files))
  const db = openDatabase(home, region)
  // Nobody comes back to a temporary store: it need not even outlive a loss of power.
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
 * Makes a folder (an absolute path) and those above it. Node's own recursive way never ends below a folder that answers ENOENT to every
 * mkdir, as /proc does.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!existsSync(path)) throw error
  }
}

function openDatabase(home: string, region: string): DatabaseSync {
  const db = new DatabaseSync(join(home, 'records.sqlite'), { timeout: 200 })
  try {
    // One owner: two servers on one store would hand out the same task twice. The lock goes with the process, however it dies.
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    // A commit in WAL mode is a write to the log file, and what a process wrote outlives it: kill -9 loses nothing that was
    // answered. FULL would add an fsync to each commit, which guards against loss of power alone and costs milliseconds.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    // The log is folded into the database, with the one fsync there is, every 32 MB instead of every 4.
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
