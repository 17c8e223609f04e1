import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../time/clock.ts'

/** The resources that the three services share: one database, one folder of object files, one clock, one account. */
export interface ServerContext {
  readonly db: DatabaseSync
  /** Runs `work` in one SQLite transaction (nested calls join it): committed when it returns, rolled back when it throws. */
  transaction<T>(work: () => T): T
  /** Resolves once everything committed so far is on disk; undefined if it is already. Every reply waits for it. */
  readonly durable: () => Promise<void> | undefined
  /** True if `files` must survive a power failure. */
  readonly lasting: boolean
  readonly clock: Clock
  /** Folder for the bytes of objects, on the same file system as the database. */
  readonly files: string
  readonly account: string
  readonly region: string
  /** Time for which an empty SWF poll is held, in milliseconds. */
  readonly pollMs: number
  /** `http://host:port` of this server, for queue URLs. */
  url(): string
}

/** Handles a request completely: reads the body, writes head and body, and turns its own errors into those of the protocol. */
export type HttpService = (request: IncomingMessage, response: ServerResponse) => Promise<void>
